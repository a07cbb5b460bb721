// While a handle moves everything on the page that depends on its cut-off and cannot follow is greyed, and stays so until the
// server has answered the release: nothing from before the move stands as if it were current.

const MOVING = "cdMoving";

// Returns the number of this move.
function beginMove(name) {
  const root = document.documentElement;
  root.dataset[MOVING] = name;
  root.cdMoves = (root.cdMoves ?? 0) + 1;
  for (const panel of document.querySelectorAll(".cd-panel")) panel.classList.toggle("cd-unmoved", panel.dataset.name !== name);
  return root.cdMoves;
}

function endMove(name) {
  const root = document.documentElement, moves = root.cdMoves;
  if (root.dataset[MOVING] !== name) return;
  whenQuiet(() => root.cdMoves === moves && delete root.dataset[MOVING]); // unless it moves again
}

// What follows the figure in the same answer of the server is drawn when the script has run to its end.
function whenQuiet(then) {
  const app = document.querySelector("[data-testid=stApp]"), isQuiet = () => app?.dataset.testScriptState !== "running";
  if (isQuiet()) return then();
  const watch = new MutationObserver(() => {
    if (!isQuiet()) return;
    watch.disconnect();
    then();
  });
  watch.observe(app, { attributes: true, attributeFilter: ["data-test-script-state"] });
}
