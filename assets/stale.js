// While a handle moves everything on the page that depends on its cut-off and cannot follow is greyed, and stays so until the
// server has answered the release: nothing from before the move stands as if it were current.

const MOVING = "cdMoving", REST_MS = 500;

function beginMove(name) {
  const root = document.documentElement;
  root.dataset[MOVING] = name;
  root.cdMoves = (root.cdMoves ?? 0) + 1;
  for (const panel of document.querySelectorAll(".cd-panel")) panel.classList.toggle("cd-unmoved", panel.dataset.name !== name);
}

function endMove(name) {
  const root = document.documentElement, moves = root.cdMoves;
  if (root.dataset[MOVING] !== name) return;
  whenQuiet(() => root.cdMoves === moves && delete root.dataset[MOVING]); // unless it moves again
}

// What follows the figure in the same answer of the server is drawn when the script has run to its end.
function whenQuiet(then) {
  if (isQuiet()) return then();
  const watch = atEveryRest(() => {
    watch.disconnect();
    then();
  });
}

// An answer that is the same as what stands reaches no component, as of a step there and back: it has come when the script has
// run and stays quiet for a while. isAwaited: whether it is waited for still; stands: whether it is the same as what stands.
function whenAnsweredAlike(isAwaited, stands, then) {
  const watch = atEveryRest(() => {
    if (!isAwaited()) return watch.disconnect();
    setTimeout(() => isAwaited() && stands() && isQuiet() && then(), REST_MS);
  });
}

const theApp = () => document.querySelector("[data-testid=stApp]");
const isQuiet = () => theApp()?.dataset.testScriptState !== "running";

function atEveryRest(then) {
  const watch = new MutationObserver(() => isQuiet() && then());
  watch.observe(theApp() ?? document.body, { attributes: true, attributeFilter: ["data-test-script-state"] });
  return watch;
}
