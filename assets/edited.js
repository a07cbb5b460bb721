// A figure as the reader wants it saved: her words in place of the program's, without title, result or footer if she says so.
// A word of hers stands for one of the program's: at another cut-off, whose label is another, the program's own stands.

const MOST_TEXTS = 24, SAYS_SOMETHING = /\p{L}{2}/u;
const escaped = (text) => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");

// `CRP > 10 mg/L (n = 57, 19 relapses)` is the label and what a curve stands on.
const WITH_COUNTS = /^(.*?)((?:<br>| )\(n = .*\))$/;

function retexted(text, texts) {
  if (typeof text !== "string" || !text) return text;
  const [, label, counts] = WITH_COUNTS.exec(text) ?? [null, text, ""];
  return label.split("<br>").map((line) => retextedLine(line, texts)).join("<br>") + counts;
}

function retextedLine(line, texts) {
  const other = texts[plainText(line)];
  if (other === undefined) return line;
  const bold = /^<b>.*<\/b>$/.test(line);
  return bold ? `<b>${escaped(other)}</b>` : escaped(other);
}

const isAxis = (name) => /^[xy]axis\d*$/.test(name);

function withTexts({ data, layout }, texts) {
  if (!Object.keys(texts).length) return { data, layout };
  const told = (text) => retexted(text, texts), title = (one) => one && { ...one, text: told(one.text) };
  const axes = Object.entries(layout).filter(([name]) => isAxis(name)).map(([name, axis]) => [name, { ...axis,
    title: title(axis.title), ...(axis.ticktext && { ticktext: axis.ticktext.map(told) }) }]);
  return {
    data: data.map((trace) => ({ ...trace, ...(trace.name && { name: told(trace.name) }),
      ...(Array.isArray(trace.text) && trace.mode === "text" && { text: trace.text.map(told) }) })),
    layout: { ...layout, ...Object.fromEntries(axes), title: title(layout.title),
      annotations: layout.annotations?.map((one) => (one.name === "footer" ? one : { ...one, text: told(one.text) })) },
  };
}

function withoutParts({ data, layout }, { title, result, footer }) {
  const gone = [...(result ? [] : ["result"]), ...(footer ? [] : ["footer"])], { meta = {} } = layout;
  const lower = footer ? 0 : (meta.footer_px ?? 0), upper = title ? 0 : TITLE_ROOM_PX;
  const annotations = layout.annotations?.filter((one) => !gone.includes(one.name)), { margin = {} } = layout;
  return { data, layout: { ...layout, annotations, ...(title ? {} : { title: undefined }), height: layout.height - lower - upper,
    margin: { ...margin, b: margin.b - lower, t: margin.t - upper } } };
}

const TITLE_ROOM_PX = 28;

function edited(figure, saved) {
  return { ...figure, ...withoutParts(withTexts(figure, saved.texts), saved) };
}

// What the reader may word otherwise, each once: [what it is, the text].
function editable({ data, layout }) {
  const found = new Map(), add = (what, text) => {
    const label = WITH_COUNTS.exec(text ?? "")?.[1] ?? text ?? "";
    for (const line of label.split("<br>").map(plainText))
      if (SAYS_SOMETHING.test(line) && !found.has(line) && found.size < MOST_TEXTS) found.set(line, what);
  };
  add("Title", layout.title?.text);
  for (const [name, axis] of Object.entries(layout).filter(([name]) => isAxis(name)))
    add(name[0] === "y" ? "Vertical axis" : "Horizontal axis", axis.title?.text);
  for (const trace of data) if (trace.showlegend !== false) add("Label", trace.name);
  for (const one of layout.annotations ?? []) if (one.name !== "footer") add(one.name === "result" ? "Result" : "Text", one.text);
  for (const trace of data) if (trace.mode === "text") for (const text of [trace.text ?? []].flat()) if (!/^\d/.test(text)) add("Label", text);
  return [...found].map(([text, what]) => [what, text]);
}
