// A figure from what the server sent of it: the curves of a cut-off put into it (cdanalysis/drawing/kaplan_meier.py), and
// what differs between the figure on the screen and the one that is saved.

const TRACES_PER_GROUP = 5; // lower, upper, curve, censored, at risk

function fillGroup(traces, g, group, live, label) {
  const [lower, upper, curve, censored, risk] = traces.slice(TRACES_PER_GROUP * g, TRACES_PER_GROUP * (g + 1));
  const x = (group.x ??= group.t.map((index) => live.times[index]));
  Object.assign(lower, { x, y: group.l });
  Object.assign(upper, { x, y: group.u });
  Object.assign(curve, { x, y: group.s, name: `${label} (${group.n})` });
  Object.assign(censored, { x: (group.cx ??= group.ct.map((index) => live.times[index])), y: group.cs });
  Object.assign(risk, { x: live.risk_times, y: (group.ry ??= live.risk_times.map(() => -2 * g - 1)), text: group.r });
}

function composeFigure(given, k) {
  const { live, figure } = given, answer = live.answers[live.answer_of[k]], labels = live.labels[k];
  const data = figure.data.map((trace) => ({ ...trace })), layout = structuredClone(figure.layout);
  answer.groups.forEach((group, g) => fillGroup(data, g, group, live, labels[g]));
  labels.forEach((text, g) => (layout.annotations[live.labels_at + g].text = text));
  layout.annotations[live.note_at].text = noteOf(live, k);
  return { data, layout: live.beside ? { ...layout, meta: { ...layout.meta, beside: `HR adjusted for ${live.beside}.` } } : layout };
}

// What the figure says by itself when it is saved: both hazard ratios, which side is against which, where the cut-off comes from.
function noteOf(live, k) {
  const u = live.answer_of[k], adjusted = live.adjusted[u];
  const beside = /^\d/.test(adjusted) ? [`HR ${adjusted.replaceAll("&", "&amp;").replaceAll("<", "&lt;")}, adjusted`] : [];
  return [live.answers[u].note, ...beside, live.against[k], `Cut-off: ${live.stamps[k] ?? live.unstamped}`].join("<br>");
}

// A moving figure's height: with its handle, and what a page has above, it fills the screen. The legend of a narrow one has
// the numbers on a line of their own. Both follow from the screen alone, so that two figures beside each other align.
const panelPx = () => Math.min(440, Math.max(380, innerHeight - (innerWidth > 640 ? 504 : 454)));
const NARROW_PX = 430, LEGEND_LINE_PX = 15;

// On the screen the footer stands under the figure as text; the title and the test's result of a moving one above it.
function onScreen({ data, layout }, moving, width) {
  const { meta } = layout;
  if (!meta) return { data, layout };
  const kept = (layout.annotations ?? []).filter((one, place) => one.name !== "footer" && !(moving && place === moving.note_at));
  const margin = { ...layout.margin, b: layout.margin.b - meta.footer_px };
  const shown = { ...layout, annotations: kept, margin, height: layout.height - meta.footer_px };
  if (!moving) return { data, layout: shown };
  const narrow = width < NARROW_PX, lines = narrow ? LEGEND_LINE_PX * moving.labels[0].length : 0;
  const named = data.map((trace) => (narrow && trace.name ? { ...trace, name: trace.name.replace(" (n = ", "<br>(n = ") } : trace));
  return { data: named, layout: fitted(shown, meta, lines) };
}

function fitted(layout, meta, lines) {
  const height = panelPx(), margin = { ...layout.margin, t: meta.legend_px + lines }, drawn = height - margin.t - margin.b;
  return { ...layout, height, margin, title: undefined,
    yaxis: { ...layout.yaxis, domain: [meta.table_px / drawn, 1] },
    yaxis2: { ...layout.yaxis2, domain: [0, meta.rows_px / drawn] } };
}

// A figure that has another form for a narrow column (cdanalysis/drawing/forest_table.py) takes it there.
const NARROW_FIGURE_PX = 720;

function atWidth(figure, width) {
  return figure.narrow && width < NARROW_FIGURE_PX ? figure.narrow : figure;
}

// Plotly's text as it is read, for what stands in the page and not in a figure; the parser runs and loads nothing.
const readTexts = new Map();

function plainText(text) {
  if (!readTexts.has(text)) {
    const read = new DOMParser().parseFromString((text ?? "").replaceAll("<br>", " · "), "text/html");
    readTexts.set(text, read.body.textContent);
  }
  return readTexts.get(text);
}

function footerOf(figure) {
  return plainText(figure.layout.annotations?.find((one) => one.name === "footer")?.text);
}
