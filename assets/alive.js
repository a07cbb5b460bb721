// Asks the server for its mark: another mark is another server, which knows nothing of what this page shows, so the page
// is opened again. No answer: a bar over the page says that what it shows is from before. See cdanalysis/ui/alive.py.

const OPENED_FOR = "cd-opened-for"; // in the tab's storage: the server that the page was last opened again for

async function markOf() {
  try {
    const answer = await fetch(new URL("_stcore/health", document.baseURI), { cache: "no-store" });
    return answer.ok ? answer.headers.get("x-cdanalysis-server") : null;
  } catch {
    return null;
  }
}

function say(text) {
  let bar = document.querySelector(".cd-silent");
  if (!bar) {
    bar = document.createElement("div");
    bar.className = "cd-silent";
    bar.setAttribute("role", "alert");
    document.body.appendChild(bar);
  }
  if (bar.textContent !== text) bar.textContent = text;
  bar.hidden = !text;
}

async function ask(state) {
  const mark = await markOf();
  if (state.ended) return;
  if (mark && mark !== state.given.server && sessionStorage.getItem(OPENED_FOR) !== mark) {
    sessionStorage.setItem(OPENED_FOR, mark); // once for each server: two behind one address must not open it for ever
    location.reload();
    return;
  }
  say(mark ? "" : state.given.silent);
  state.timer = setTimeout(() => ask(state), state.given.every);
}

export default function ({ parentElement, data }) {
  const state = (parentElement.cdAlive ??= { ended: false, timer: null });
  state.given = data;
  if (!state.timer) state.timer = setTimeout(() => ask(state), data.every);
  return () => {
    state.ended = true;
    clearTimeout(state.timer);
    delete parentElement.cdAlive;
  };
}
