// One component for every figure of the app: drawn in place (no flicker; zoom and hidden groups survive a change),
// saved as PNG from what is displayed, and, where `data.live` is given, with a cut-off handle that redraws it while
// it moves. The handle's answers all come from the server beforehand; a drag runs nothing there. A click on a point that
// carries `customdata` sends it to the server where `data.pickable` says so. The other scripts that cdanalysis/ui/widgets/live.py
// names and this one are joined into the component.

const PARTS = `
  <div class="cd-handle" hidden></div>
  <div class="cd-stage"><div class="cd-plot" role="figure"></div></div>
  <div class="cd-foot">
    <button type="button" class="cd-save"></button>
    <button type="button" class="cd-edit" title="Words, size, format and look of the saved figure">Edit</button>
    <span class="cd-message" aria-live="polite"></span>
    <span class="cd-source"></span>
  </div>`;

const MODEBAR = { displaylogo: false, displayModeBar: matchMedia("(hover: hover)").matches ? "hover" : false, responsive: true };
const CLEAR = "rgba(0,0,0,0)"; // the page's own ground shows through; a saved figure gets its ground from the canvas
const UNWANTED = ["toImage", "lasso2d", "select2d", "autoScale2d"];

function isDark(element) {
  const [r, g, b] = getComputedStyle(element).getPropertyValue("--st-background-color").trim()
    .replace("#", "").match(/../g)?.map((pair) => parseInt(pair, 16)) ?? [255, 255, 255];
  return 0.299 * r + 0.587 * g + 0.114 * b < 128;
}

// Figures are composed in the colours of paper; a dark page gets each of them exchanged, the drawing stays the same. An array
// without a colour stays the one it was: plotly computes again what comes as another array.
function recolour(value, exchange) {
  if (typeof value === "string") return value.includes("#") || value.startsWith("rgba") ? swap(value, exchange) : value;
  if (Array.isArray(value)) {
    const exchanged = value.map((item) => recolour(item, exchange));
    return exchanged.every((item, place) => item === value[place]) ? value : exchanged;
  }
  if (value && typeof value === "object" && !ArrayBuffer.isView(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, recolour(item, exchange)]));
  return value;
}

function swap(text, exchange) {
  return Object.entries(exchange).reduce((now, [from, to]) => now.replaceAll(from, to), text);
}

// The whole figure as it would be saved at a width; on the screen a part of it stands beside.
function whole(state, width) {
  return atWidth(state.handle?.figure() ?? state.given.figure, width);
}

async function draw(state) {
  const { plot, given } = state, dark = isDark(plot), exchange = dark ? given.dark : {}, width = plot.clientWidth;
  const figure = inWidth(onScreen(whole(state, width), given.live, width), width);
  const shown = recolour({ data: figure.data, layout: figure.layout }, exchange);
  plot.style.height = `${shown.layout.height}px`; // before plotly has come, so that nothing below jumps
  const Plotly = await loadPlotly(given.plotly);
  // One config for good: plotly takes another one as a reason to draw anew, and zoom and hidden groups would be lost.
  state.config ??= {
    ...MODEBAR,
    modeBarButtonsToRemove: UNWANTED,
    modeBarButtonsToAdd: [{ name: "Save", title: "Save the figure", icon: Plotly.Icons.camera, click: () => save(state) }],
  };
  Object.assign(shown.layout, { uirevision: given.name, paper_bgcolor: CLEAR, plot_bgcolor: CLEAR,
    modebar: { bgcolor: CLEAR } });
  state.root.style.colorScheme = dark ? "dark" : "light";
  colourHandle(state, exchange);
  // A release changes one handle's figure; the other one need not be drawn again, nor one that the drag has drawn already.
  const picture = JSON.stringify([shown, given.name]);
  if (picture !== state.picture) await Plotly.react(plot, shown.data, shown.layout, state.config);
  Object.assign(state, { picture, width });
  state.moving?.end();
  state.link?.place();
  if (given.pickable && !state.picks) {
    state.picks = true;
    plot.on("plotly_click", ({ points }) => points[0]?.customdata && state.pick(points[0].customdata));
  }
  plot.setAttribute("aria-label", state.handle ? state.handle.alt() : given.alt);
  plot.dataset.committed = given.live ? given.live.cutoff_text[given.live.current] : "";
  countPicture(plot);
}

function countPicture(plot) {
  plot.dataset.drawn = String(1 + Number(plot.dataset.drawn ?? 0));
}

// The strip under the handle has the curves' colours.
function colourHandle({ root, given }, exchange) {
  given.live?.labels[0].forEach((_, g) => {
    const { color } = given.figure.data[TRACES_PER_GROUP * g + 2].line;
    root.style.setProperty(`--cd-group-${g}`, exchange[color] ?? color);
  });
}

// The handle moves: its curves over the figure, one picture a frame, the latest position.
function follow(state) {
  if (!state.plot._fullLayout) return redraw(state);
  state.following ??= requestAnimationFrame(() => {
    state.following = null;
    state.moving ??= createMoving(state.plot);
    state.moving.show(state.given.live, state.handle.k);
    countPicture(state.plot);
  });
}

// The latest wish wins: positions that were passed while a picture was being drawn are skipped.
function redraw(state) {
  state.wanted = true;
  state.drawing ??= (async () => {
    try {
      while (state.wanted) {
        state.wanted = false;
        await draw(state);
        await new Promise(requestAnimationFrame);
      }
    } catch (error) {
      say(state, `The figure could not be drawn: ${error.message}`);
    } finally {
      state.drawing = null;
    }
  })();
}

function say(state, text) {
  state.message.textContent = text;
}

// The whole figure with what the reader did to the displayed one: her zoom and the groups she hid. A form for another width than
// the screen's has axes and lines of its own, so nothing of the screen's is put on it.
function asSaved(state, white) {
  const { plot, given } = state, every = state.handle?.figure() ?? given.figure, figure = atWidth(every, widthOf(given));
  const { data, layout } = recolour({ data: figure.data, layout: figure.layout }, !white && isDark(plot) ? given.dark : {});
  if (figure !== atWidth(every, plot.clientWidth)) return edited({ data, layout }, given.saved);
  const ranges = Object.keys(layout).filter((name) => /^[xy]axis\d*$/.test(name) && plot.layout[name]?.range);
  const zoomed = ranges.map((name) => [name, { ...layout[name], range: plot.layout[name].range, autorange: false }]);
  const seen = data.map((trace, i) => ({ ...trace, visible: plot.data[i]?.visible ?? trace.visible }));
  return edited({ data: seen, layout: { ...layout, ...Object.fromEntries(zoomed) } }, given.saved);
}

function build(parentElement) {
  const root = document.createElement("div");
  root.className = "cd-figure";
  root.innerHTML = PARTS;
  parentElement.appendChild(root);
  const find = (name) => root.querySelector(name);
  const state = { root, plot: find(".cd-plot"), message: find(".cd-message"), wanted: false, drawing: null };
  find(".cd-save").onclick = () => save(state);
  find(".cd-edit").onclick = () => openSaving(state);
  const app = root.closest("[data-testid=stApp]");
  if (app) {
    state.observer = new MutationObserver(() => state.given && redraw(state)); // the reader switched the theme
    state.observer.observe(app, { attributes: true, attributeFilter: ["class"] });
  }
  // Its form and its lines follow from its width: a telephone is turned, the side of the page opens.
  state.sized = new ResizeObserver(() => state.picture && state.plot.clientWidth !== state.width && redraw(state));
  state.sized.observe(state.plot);
  return state;
}

// Curves that the browser keeps are joined to what this run says of them; `then` waits until they have come (kept.js).
function withCurves(state, data, then) {
  if (state.asked !== data) return; // a later run has overtaken this one
  if (!data.live?.kept) return then(data);
  const held = window.cdKept?.[data.name];
  if (held?.key === data.live.kept) return then({ ...data, live: { ...held.curves, ...data.live } });
  document.addEventListener("cd-kept", () => withCurves(state, data, then), { once: true });
}

function receive(state, data, setTriggerValue) {
  state.given = data;
  state.root.dataset.name = data.name;
  state.root.classList.toggle("cd-panel", Boolean(data.live));
  state.root.querySelector(".cd-source").textContent = sourceOf(data);
  const save = state.root.querySelector(".cd-save"), { png, saved } = data;
  save.textContent = `Save ${saved.format.toUpperCase()}`;
  save.title = `${png.width_mm} mm wide${PICTURES.includes(saved.format) ? ` at ${png.dpi} dpi` : ""}, ${png.ground === "white" ? "white" : "theme"} ground`;
  state.commit = (value) => setTriggerValue("saving", value);
  receiveFile(state, data.file);
  state.saving?.receive();
  if (data.live) {
    state.choose = (place) => setTriggerValue("marker", place);
    const told = { changed: () => follow(state), rested: () => redraw(state), chosen: (place) => state.choose(place) };
    state.handle ??= createHandle(state.root.querySelector(".cd-handle"), told);
    state.handle.receive(data, (value) => setTriggerValue("commit", value));
  }
  if (data.linked) {
    state.link ??= createLink(state.plot);
    state.link.receive(data);
  }
  state.pick = (value) => setTriggerValue("picked", value);
  redraw(state);
}

// What stands under a figure: what its adjusted hazard ratio is adjusted for, and its footer.
function sourceOf({ figure, live }) {
  const beside = live?.beside ? `HR adjusted for ${plainText(live.beside)}. ` : "";
  return `${beside}${footerOf(figure)}`;
}

export default function ({ parentElement, data, setTriggerValue }) {
  if (data.unseen) {
    renderUnseen(parentElement, data, (value) => setTriggerValue("rendered", value));
    return () => parentElement.replaceChildren();
  }
  const state = (parentElement.cdFigure ??= build(parentElement));
  state.asked = data;
  withCurves(state, data, (whole) => receive(state, whole, setTriggerValue));
  return () => {
    state.asked = null;
    state.observer?.disconnect();
    state.sized.disconnect();
    state.handle?.forget();
    state.link?.forget();
    state.saving?.forget();
    if (window.Plotly && state.plot.data) window.Plotly.purge(state.plot);
    delete parentElement.cdFigure;
    state.root.remove();
  };
}
