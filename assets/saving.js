// What the reader keeps of a figure: as PNG, SVG, PDF or TIFF, worded as she likes, with a preview at its size on paper.

const PICTURES = ["png", "tiff"], FORMATS = ["png", "svg", "pdf", "tiff"];
const MIME = { png: "image/png", svg: "image/svg+xml", tiff: "image/tiff" };
const RESOLUTIONS = [300, 600, 1200];
const SWITCHES = { title: "Title", result: "P and hazard ratio", footer: "Footer: cohort and settings" };
const PREVIEW_PAUSE_MS = 250;

const widthOf = ({ figure, png }) => drawnWidth(png.width_mm, Boolean(figure.narrow));
const nameOf = (state) => `${state.given.name}${state.handle ? state.handle.suffix() : ""}`;
const plotlyBackground = (state, white) =>
  white ? "#ffffff" : getComputedStyle(state.plot).getPropertyValue("--st-background-color").trim();

async function drawingOf(state) {
  const { given } = state, white = given.png.ground === "white", background = plotlyBackground(state, white);
  const Plotly = await loadPlotly(given.plotly);
  return [await figureToSvg(Plotly, asSaved(state, white), { background, width_px: widthOf(given) }), { ...given.png, background }];
}

const MAKE = {
  png: (drawing, opts) => svgToPng(drawing, opts),
  tiff: async (drawing, opts) => canvasToTiff(await svgToCanvas(drawing, opts), opts.dpi),
  svg: async (drawing, { width_mm }) => new TextEncoder().encode(inMillimetres(drawing, width_mm)),
};

// told: what the reader chose on the way, for the server. It makes the PDF, whose letters it embeds; that comes back with the
// page's next run.
async function save(state, told = null) {
  const { format, footer } = state.given.saved, name = `${nameOf(state)}.${format}`;
  say(state, "Saving…");
  try {
    const [drawing, opts] = await drawingOf(state);
    if (!footer) saveBytes(new TextEncoder().encode(`${sourceOf(state.given)}\n`), `${nameOf(state)}.txt`, "text/plain");
    if (format === "pdf") {
      state.ticket = `${Date.now()}-${Math.random()}`;
      return state.commit({ ...told, svg: inMillimetres(drawing, opts.width_mm), name, ticket: state.ticket });
    }
    saveBytes(await MAKE[format](drawing, opts), name, MIME[format]);
    say(state, `Saved ${name}`);
  } catch (error) {
    say(state, `The figure could not be saved: ${error.message}`);
  }
  if (told) state.commit(told);
}

function receiveFile(state, file) {
  if (!file || file.ticket !== state.ticket) return;
  state.ticket = null;
  if (file.error) return say(state, `The figure could not be saved: ${file.error}.`);
  saveBytes(Uint8Array.from(atob(file.content), (character) => character.charCodeAt(0)), file.name, file.mime);
  say(state, `Saved ${file.name}`);
}

function labelled(text, control, parent) {
  const label = element("label", "cd-field", "", parent);
  element("span", "", text, label);
  label.appendChild(control);
  return control;
}

function choiceOf(name, options, current) {
  const select = document.createElement("select");
  select.name = name;
  for (const [value, text] of options) select.add(new Option(text, value, false, value === String(current)));
  return select;
}

const withOwn = (values, own) => [...new Set([...values, own])].sort((one, other) => one - other);

function choices(form, { png, saved, looks, look, widths }) {
  const row = element("div", "cd-choices", "", form);
  const add = (name, text, options, current) => labelled(text, choiceOf(name, options, current), row);
  add("figure_format", "Format", FORMATS.map((one) => [one, one.toUpperCase()]), saved.format);
  add("png_width_mm", "Width",
    withOwn(Object.keys(widths).map(Number), png.width_mm).map((mm) => [String(mm), widths[mm] ?? `${mm} mm`]), png.width_mm);
  add("png_dpi", "Resolution", withOwn(RESOLUTIONS, png.dpi).map((dpi) => [String(dpi), `${dpi} dpi`]), png.dpi);
  add("figure_look", "Look", Object.entries(looks), look);
}

function switches(form, saved) {
  const row = element("div", "cd-switches", "", form);
  for (const [name, text] of Object.entries(SWITCHES)) {
    const label = element("label", "", "", row), box = document.createElement("input");
    Object.assign(box, { type: "checkbox", name: `figure_${name}`, checked: saved[name] });
    label.append(box, text);
  }
}

function texts(form, state) {
  const figure = whole(state, widthOf(state.given)), { texts: worded } = state.given.saved;
  const box = element("div", "cd-texts", "", form);
  for (const [what, text] of editable(figure)) {
    const input = document.createElement("input");
    Object.assign(input, { type: "text", value: worded[text] ?? text, maxLength: 120 });
    input.dataset.of = text;
    labelled(what, input, box).title = `The program's words: ${text}`;
  }
}

// What the form says: the settings that differ are told to the server when it is closed, or a look is chosen.
function chosen(form, worded) {
  const settings = Object.fromEntries([...form.querySelectorAll("select")].map(({ name, value }) => [name, value]));
  for (const { name, checked } of form.querySelectorAll("[type=checkbox]")) settings[name] = checked ? "1" : "0";
  const inputs = [...form.querySelectorAll("[data-of]")];
  const own = inputs.map((input) => [input.dataset.of, input.value.trim() || input.dataset.of]);
  return { settings, texts: Object.fromEntries([...Object.entries(worded), ...own].filter(([text, other]) => text !== other)) };
}

function adopted(given, { settings, texts }) {
  const saved = { format: settings.figure_format, texts, title: settings.figure_title === "1",
    result: settings.figure_result === "1", footer: settings.figure_footer === "1" };
  return { ...given, saved, png: { ...given.png, dpi: Number(settings.png_dpi), width_mm: Number(settings.png_width_mm) } };
}

async function preview(state, image, size) {
  const [drawing, { width_mm }] = await drawingOf(state), text = inMillimetres(drawing, width_mm);
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
  const height = (drawing.height / drawing.width) * width_mm;
  size.textContent = `${width_mm} × ${height.toFixed(0)} mm. Smallest letters ${smallest(drawing, width_mm).toFixed(1)} pt.`;
}

function smallest({ text, width }, widthMm) {
  const sizes = [...text.matchAll(/font-size: ?([\d.]+)px/g)].map(([, px]) => Number(px)).filter((px) => px > 1);
  return ((Math.min(...sizes) / width) * widthMm * 72) / 25.4;
}

function openSaving(state) {
  const dialog = element("dialog", "cd-saving", "", state.root), form = element("form", "", "", dialog);
  form.method = "dialog";
  dialog.setAttribute("aria-label", "Edit and save the figure");
  const seen = element("div", "cd-preview", "", form), image = element("img", "", "", seen), size = element("p", "", "", seen);
  image.alt = "The figure as it will be saved";
  const fields = element("div", "cd-fields", "", form), foot = element("div", "cd-actions", "", form);
  choices(fields, state.given);
  switches(fields, state.given.saved);
  texts(fields, state);
  const again = element("button", "", "The program's words", foot), done = element("button", "", "Close", foot);
  const keep = element("button", "cd-first", "", foot);
  again.type = "button";
  const shown = () => {
    state.given = adopted(state.given, chosen(form, state.given.saved.texts));
    keep.textContent = `Save ${state.given.saved.format.toUpperCase()}`;
    form.elements.png_dpi.disabled = !PICTURES.includes(state.given.saved.format);
    preview(state, image, size).catch((error) => (size.textContent = error.message));
  };
  const told = () => state.commit({ ...chosen(form, state.given.saved.texts) });
  let waiting;
  form.oninput = () => {
    clearTimeout(waiting);
    waiting = setTimeout(shown, PREVIEW_PAUSE_MS);
  };
  form.elements.figure_look.onchange = told;
  again.onclick = () => {
    for (const input of form.querySelectorAll("[data-of]")) input.value = input.dataset.of;
    shown();
  };
  keep.value = "save";
  dialog.onclose = async () => {
    clearTimeout(waiting);
    state.given = adopted(state.given, chosen(form, state.given.saved.texts));
    const said = chosen(form, state.given.saved.texts), keeps = dialog.returnValue === "save";
    state.saving?.forget();
    if (keeps) await save(state, said);
    else state.commit(said);
    state.root.querySelector(".cd-edit").focus();
  };
  state.saving = { receive: shown, forget: () => { dialog.remove(); state.saving = null; } };
  dialog.showModal();
  shown();
}
