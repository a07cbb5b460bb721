// A figure in the width that it has, on the screen and saved: plotly cuts off a title, a label, a result or the words of an axis
// that are longer, and lays a long legend over the title. Here they go on in a further line, and the figure grows by it.

const LONG_LEGEND = 5, LEGEND_ROW_PX = 19, LINE_OF_LEGEND_PX = 46, TITLE_PX = 42, LINE_SHARE = 1.3, EDGE_PX = 10;

function inWidth({ data, layout }, width) {
  if (!width || !layout.margin) return { data, layout }; // not on the screen yet
  const named = withLegend({ data, layout }, width);
  return { data: named.data, layout: [withTitle, withResult, withAxis, withFooter].reduce((now, step) => step(now, width), named.layout) };
}

function heightened(layout, side, px) {
  const { margin } = layout;
  return px ? { ...layout, height: layout.height + px, margin: { ...margin, [side]: margin[side] + px } } : layout;
}

// A figure whose title stands beside it, that of a slider, makes room for its labels itself.
function withLegend({ data, layout }, width) {
  if (layout.showlegend === false || !layout.title) return { data, layout };
  const shown = (trace) => trace.name && trace.showlegend !== false, room = width - LINE_OF_LEGEND_PX - 2 * EDGE_PX;
  const named = data.map((trace) => (shown(trace) ? { ...trace, name: inLines(trace.name, room, trace.legendfont?.size ?? 12).text } : trace));
  const labels = named.filter(shown).map((trace) => trace.name), rows = labels.flatMap((name) => name.split("<br>")).length;
  const needs = (width < NARROW_PX && labels.length >= LONG_LEGEND) || rows > data.filter(shown).flatMap((trace) => trace.name.split("<br>")).length;
  return { data: named, layout: heightened(layout, "t", needs ? Math.max(TITLE_PX + LEGEND_ROW_PX * rows - layout.margin.t, 0) : 0) };
}

function withTitle(layout, width) {
  const { title } = layout, size = title?.font?.size;
  if (!title?.text || !size) return layout;
  const { text, px } = inLines(title.text, width - 2 * EDGE_PX, size);
  const pad = { ...title.pad, t: (title.pad?.t ?? 0) + px / 2 }; // plotly puts the middle of several lines where one would be
  return heightened({ ...layout, title: { ...title, text, pad } }, "t", px);
}

function withResult(layout, width) {
  const { margin, annotations } = layout, place = annotations?.findIndex((one) => one.name === "result") ?? -1;
  if (place < 0) return layout;
  const one = annotations[place], { text } = inLines(one.text, width - margin.l - margin.r - EDGE_PX, one.font.size);
  return { ...layout, annotations: annotations.with(place, { ...one, text }) };
}

// The words of the horizontal axis stand in the middle of the curves, from which one of the edges may be near. Over a table of
// numbers at risk their place is fixed.
function withAxis(layout, width) {
  const { margin, xaxis, meta } = layout, { text, font } = xaxis?.title ?? {};
  if (!text || meta?.table_px) return layout;
  const middle = (margin.l + width - margin.r) / 2, room = 2 * Math.min(middle, width - middle) - EDGE_PX;
  const lines = inLines(text, room, font?.size ?? 14);
  if (!lines.px) return layout;
  const lower = (one) => (one.name === "footer" ? { ...one, yshift: (one.yshift ?? 0) - lines.px } : one);
  return heightened({ ...layout, xaxis: { ...xaxis, title: { ...xaxis.title, text: lines.text } },
    annotations: layout.annotations?.map(lower) }, "b", lines.px);
}

// The server sets the footer for the narrowest figure; here it takes the width there is, under what the figure's adjusted hazard
// ratio is adjusted for.
const FOOTER_LINE_PX = 13;

function withFooter(layout, width) {
  const { annotations, meta } = layout, place = annotations?.findIndex((one) => one.name === "footer") ?? -1;
  if (place < 0) return layout;
  const one = annotations[place], { size } = one.font, room = width - 2 * EDGE_PX;
  const broken = (part) => inLines(part, room, size).text.split("<br>");
  const lines = joined(one.text.split(/ · |<br>/).flatMap(broken), " · ", room, size);
  const told = [...(meta.beside ? broken(meta.beside) : []), ...lines], footer_px = FOOTER_LINE_PX * told.length;
  return heightened({ ...layout, annotations: annotations.with(place, { ...one, text: told.join("<br>") }),
    meta: { ...meta, footer_px } }, "b", footer_px - meta.footer_px);
}

const pen = document.createElement("canvas").getContext("2d");

// Parts one after the other, as many in a line as a width takes; a part is never broken.
function joined(parts, between, room, size) {
  pen.font = `${size}px Arial, Helvetica, sans-serif`;
  const fits = (line) => pen.measureText(plainText(line)).width <= room;
  return parts.reduce((done, part) => {
    const longer = `${done.at(-1)}${between}${part}`;
    return done.length && fits(longer) ? [...done.slice(0, -1), longer] : [...done, part];
  }, []);
}

// Plotly's text in lines of a width, parted between words, and by how much it is higher so.
function inLines(text, room, size) {
  const given = (text ?? "").replace(/\bP ([=<>]) /g, "P\u00a0$1\u00a0").split("<br>");
  const lines = given.flatMap((line) => joined(line.split(" "), " ", room, size));
  return { text: lines.join("<br>"), px: Math.round(LINE_SHARE * size) * (lines.length - given.length) };
}
