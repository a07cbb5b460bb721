// A table as it is printed: rules above, under the head and below, numbers aligned where their whole part ends, one small
// menu. Where it has no room its columns fold under their row. Every text is shown letter by letter.

const FIRST_ROWS = 100, FIRST_FOLDED_ROWS = 6; // shown at once; the others when they are asked for
const isEmpty = (text) => text === "" || text === "–";
const BARE = /^[\d.,]+$/; // a number that says nothing without its column

function make(tag, parent, text = "", attributes = {}) {
  const made = document.createElement(tag);
  if (text) made.textContent = text;
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent?.appendChild(made);
  return made;
}

function headOf(given, table) {
  const head = make("thead", table, "", { role: "rowgroup" }), two = given.heads.some((one) => one.text);
  const above = make("tr", head, "", { role: "row" }), below = two ? make("tr", head, "", { role: "row" }) : null;
  let column = 0;
  for (const { text, below: names } of given.heads) {
    if (text) make("th", above, text, { colspan: names.length, scope: "colgroup", role: "columnheader", class: "cd-over-columns" });
    for (const name of names) {
      const cell = make("th", text ? below : above, name, { scope: "col", role: "columnheader" });
      if (two && !text) cell.rowSpan = 2;
      if (given.numeric[column++]) cell.classList.add("cd-numeric");
    }
  }
}

// A cell wraps between its words, never within a number.
function wordsOf(cell, text) {
  const whole = make("span", cell);
  text.split(/(\s+)/).forEach((piece, k) => k % 2 ? whole.append(piece) : make("span", whole, piece, { class: "cd-word" }));
}

// What tells a folded row from its neighbours of the same name, or names one that has none: what its second column says.
function alsoNamed({ rows, names }, i) {
  const [name, second] = rows[i].cells, same = (other) => other?.cells[0] === name;
  if (isEmpty(second ?? "") || rows[i].heading || !(isEmpty(name) || same(rows[i - 1]) || same(rows[i + 1]))) return "";
  const says = BARE.test(second) ? `${names[1]} ${second}` : second;
  return isEmpty(name) ? says : ` · ${says}`;
}

function rowOf(given, i, body) {
  const row = given.rows[i], line = make("tr", body, "", { role: "row" }), also = alsoNamed(given, i);
  row.cells.forEach((text, j) => {
    const head = { "data-head": given.names[j] };
    const cell = j ? make("td", line, "", { role: "cell", ...head }) : make("th", line, text, { scope: "row", role: "rowheader", ...head });
    if (j) wordsOf(cell, text);
    if (!j) cell.style.setProperty("--in", row.in);
    if (!j) cell.classList.toggle("cd-bare", BARE.test(text));
    if (!j && also) cell.dataset.also = also;
    if (!j && also && isEmpty(text)) cell.replaceChildren(make("span", null, text));
    if (row.pads[j] !== null) cell.style.setProperty("--pad", row.pads[j]);
    cell.classList.toggle("cd-numeric", row.pads[j] !== null);
    cell.classList.toggle("cd-empty", Boolean(j) && isEmpty(text));
  });
  line.classList.toggle("cd-heading", row.heading);
}

function fill(state) {
  const { given, table, all } = state;
  table.replaceChildren();
  if (given.title) make("caption", table, given.title);
  headOf(given, table);
  const body = make("tbody", table, "", { role: "rowgroup" });
  given.rows.slice(0, all ? Infinity : FIRST_ROWS).forEach((_, i) => rowOf(given, i, body));
  state.more.textContent = `Show all ${given.rows.length.toLocaleString("en")} rows`;
  state.fold();
}

// As wide as it wants to be: does it fit? Else closer, with intervals under their estimates; else every row is a block with
// its columns under it, and of many rows the first are shown: each is as high as a paragraph.
function fold({ root, table, given, all, more }) {
  const lines = [...table.tBodies[0].rows], fits = () => table.scrollWidth <= root.parentElement.clientWidth + 1;
  root.classList.remove("cd-close", "cd-folded");
  lines.forEach((line) => (line.hidden = false));
  if (!fits()) root.classList.add("cd-close");
  if (!fits()) root.classList.replace("cd-close", "cd-folded");
  const most = all ? Infinity : root.classList.contains("cd-folded") ? FIRST_FOLDED_ROWS : FIRST_ROWS;
  lines.slice(most).forEach((line) => (line.hidden = true));
  more.hidden = given.rows.length <= most;
}

// What a spreadsheet would run is written so that it does not.
function safeCells({ names, rows, harmful }) {
  const cells = [names, ...rows.map((row) => row.cells)].map((line) => [...line]);
  for (const [i, j, text] of harmful) cells[i + 1][j] = text;
  return cells;
}

const asText = (given) => safeCells(given).map((line) => line.map((cell) => cell.replace(/[\t\r\n]+/g, " ")).join("\t")).join("\n");

const RULE = "1.5pt solid black";

// The table as Word and Excel paste it: text in every cell, a journal's rules.
function asHtml(given) {
  const whole = make("div"), cells = safeCells(given), last = cells.length - 1;
  whole.style.fontFamily = "Arial, Helvetica, sans-serif";
  if (given.title) make("p", make("b", whole), given.title);
  const table = make("table", whole);
  table.style.borderCollapse = "collapse";
  cells.forEach((line, i) => {
    const row = make("tr", table);
    line.forEach((text, j) => {
      const cell = make(i ? "td" : "th", row, text);
      const indent = i && !j ? 9 * given.rows[i - 1].in : 0;
      const rules = `${i ? "" : `border-top:${RULE};border-bottom:0.75pt solid black;`}${i === last ? `border-bottom:${RULE};` : ""}`;
      cell.setAttribute("style", `mso-number-format:'\\@';text-align:left;vertical-align:top;padding:1pt 6pt 1pt ${6 * Boolean(j) + indent}pt;${rules}`);
    });
  });
  given.notes.forEach((note) => make("p", whole, note).style.setProperty("font-size", "9pt"));
  return whole.outerHTML;
}

async function copyTable(given) {
  const html = asHtml(given), text = asText(given);
  if (navigator.clipboard?.write && window.ClipboardItem) {
    const parts = { "text/html": html, "text/plain": text };
    const blobs = Object.entries(parts).map(([type, content]) => [type, new Blob([content], { type })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(blobs))]);
    return;
  }
  const put = (event) => { // an address without https has the old way only
    event.clipboardData.setData("text/html", html);
    event.clipboardData.setData("text/plain", text);
    event.preventDefault();
  };
  document.addEventListener("copy", put, { once: true });
  if (!document.execCommand("copy")) throw new Error("the browser does not let a page copy");
}

function menuOf(state) {
  const menu = make("details", state.head, "", { class: "cd-menu" });
  state.summary = make("summary", menu, "⋯");
  const list = make("div", menu, "", { class: "cd-menu-list" });
  const item = (text, act) => {
    make("button", list, text, { type: "button" }).onclick = async () => {
      menu.open = false;
      state.summary.focus();
      try {
        state.said.textContent = (await act()) ?? "";
      } catch (error) {
        state.said.textContent = `Not done: ${error.message}.`;
      }
    };
  };
  item("Copy for Word or Excel", async () => {
    await copyTable(state.given);
    return "Copied.";
  });
  for (const kind of ["csv", "xlsx"]) item(`Save ${kind.toUpperCase()}`, () => ask(state, kind));
  menu.addEventListener("focusout", ({ relatedTarget }) => menu.contains(relatedTarget) || (menu.open = false));
  menu.addEventListener("keydown", ({ key }) => {
    if (key !== "Escape") return;
    menu.open = false;
    state.summary.focus();
  });
}

function ask(state, kind) {
  state.ticket = `${Date.now()}-${Math.random()}`;
  state.wanted({ kind, ticket: state.ticket });
  return "Making the file…";
}

function receiveFile(state, file) {
  if (!file || file.ticket !== state.ticket) return; // another table's, or saved already
  state.ticket = null;
  saveBytes(Uint8Array.from(atob(file.content), (character) => character.charCodeAt(0)), file.name, file.mime);
  state.said.textContent = `Saved ${file.name}`;
}

function build(parentElement) {
  const root = make("div", parentElement, "", { class: "cd-table" });
  const state = { root, head: make("div", root, "", { class: "cd-table-head" }) };
  state.table = make("table", root, "", { role: "table" });
  state.more = make("button", root, "", { type: "button", class: "cd-save" });
  state.more.onclick = () => {
    state.all = true;
    fill(state);
  };
  state.notes = make("div", root, "", { class: "cd-notes" });
  state.said = make("span", state.head, "", { class: "cd-message", role: "status" });
  menuOf(state);
  // Its room may change, and so may the table: its letters and its look can come after its words.
  const widths = () => `${parentElement.clientWidth} ${state.table.offsetWidth}`;
  let measured = "";
  state.fold = () => {
    if (state.given) fold(state);
    measured = widths();
  };
  state.observer = new ResizeObserver(() => widths() === measured || state.fold());
  state.observer.observe(parentElement);
  state.observer.observe(state.table);
  // Folded it is as wide as its room, and does not show that its letters have become narrower.
  document.fonts.addEventListener("loadingdone", state.fold);
  return state;
}

export default function ({ parentElement, data, setTriggerValue }) {
  const state = (parentElement.cdTable ??= build(parentElement));
  state.wanted = (value) => setTriggerValue("wanted", value);
  const { file, ...given } = data, picture = JSON.stringify(given);
  if (picture !== state.picture) {
    Object.assign(state, { given, picture });
    state.root.dataset.name = given.name;
    state.summary.setAttribute("aria-label", `Copy or save: ${given.title || given.name}`);
    fill(state);
    const left = given.n_rows - given.rows.length;
    const notes = left > 0 ? [`The first ${given.rows.length.toLocaleString("en")} of ${given.n_rows.toLocaleString("en")} rows; the files hold them all.`] : [];
    state.notes.replaceChildren(...[...notes, ...given.notes].map((note) => make("p", null, note)));
  }
  receiveFile(state, file);
  return () => {
    state.observer.disconnect();
    document.fonts.removeEventListener("loadingdone", state.fold);
    delete parentElement.cdTable;
    state.root.remove();
  };
}
