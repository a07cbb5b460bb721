// The cut-off handle: the marker, its published cut-offs, a typed value, the distribution under a range, and the answer at
// the cut-off it stands at. Every answer came from the server beforehand; a drag runs nothing there.

const HANDLE_PARTS = `
  <div class="cd-grip">
    <div class="cd-head">
      <span class="cd-title"></span><select class="cd-marker" hidden></select>
      <select class="cd-published"></select>
      <span class="cd-typed"><input type="text" inputmode="decimal" autocomplete="off" class="cd-number"><span class="cd-unit"></span></span>
    </div>
    <p class="cd-fault" role="alert" hidden></p>
    <div class="cd-track">
      <div class="cd-bars" aria-hidden="true"><svg preserveAspectRatio="none"></svg><svg preserveAspectRatio="none"></svg></div>
      <input type="range" class="cd-range" step="any">
      <div class="cd-ticks"></div>
    </div>
  </div>
  <div class="cd-answer">
    <dl class="cd-readout"></dl>
    <p class="cd-against"><span class="cd-stamp"></span><span class="cd-which"></span></p>
    <p class="cd-unseen-text" role="status"></p>
  </div>`;

const ROWS = ["below", "above", "Hazard ratio, unadjusted", "Hazard ratio, adjusted", "Log-rank test"];
const SHOWN = { "Hazard ratio, unadjusted": "HR unadjusted", "Hazard ratio, adjusted": "HR adjusted", "Log-rank test": "Log-rank test" };
const KEY_MOVES = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
const KEY_PAUSE_MS = 150; // a held arrow key commits once, when it rests
const TICK_WIDTH_PX = 34;

const clampIndex = (k, n) => Math.min(Math.max(k, 0), n - 1);

function nearest(sorted, value) {
  let best = 0;
  sorted.forEach((item, k) => {
    if (Math.abs(item - value) < Math.abs(sorted[best] - value)) best = k;
  });
  return best;
}

function element(tag, className, text, parent) {
  const made = document.createElement(tag);
  made.className = className;
  made.textContent = text;
  parent.appendChild(made);
  return made;
}

// What a typed text may mean: "10,5" is 10.5; "1,250" is two numbers, of which the one within the bounds is taken.
function typedNumbers(text) {
  const plain = text.trim().replace(/^[<>≤≥=\s]+/, "");
  if (/^\d{1,3}(,\d{3})+(\.\d+)?$/.test(plain)) return [Number(plain.replaceAll(",", "")), Number(plain.replace(",", "."))];
  const number = plain.replace(",", ".");
  return /^(\d+\.?\d*|\.\d+)$/.test(number) ? [Number(number)] : [];
}

// The value to adopt, or what is wrong with it, in words.
function understood(text, { title, unit, cutoffs, cutoff_text }) {
  const lowest = cutoffs[0], highest = cutoffs[cutoffs.length - 1];
  const numbers = typedNumbers(text).filter(Number.isFinite);
  const within = [...new Set(numbers.filter((value) => lowest <= value && value <= highest))];
  if (within.length === 1) return { value: within[0] };
  if (within.length > 1) return { fault: `Is that ${within.join(" or ")}? Type it without the comma.` };
  const ends = `${cutoff_text[0]} to ${cutoff_text[cutoffs.length - 1]} ${plainText(unit)}`;
  if (numbers.length) return { fault: `${plainText(title)} cut-offs go from ${ends}.` };
  return { fault: `Type a number, such as ${cutoff_text[nearest(cutoffs, (lowest + highest) / 2)]}.` };
}

// Hooks: the handle stands elsewhere; it rests where it was; another marker was chosen for it.
function createHandle(box, { changed, rested, chosen }) {
  box.innerHTML = HANDLE_PARTS;
  box.hidden = false;
  const find = (name) => box.querySelector(name);
  const range = find(".cd-range"), number = find(".cd-number"), published = find(".cd-published"), fault = find(".cd-fault");
  const rows = Object.fromEntries(ROWS.map((term) => [term, answerRow(find(".cd-readout"), term)]));
  const self = { k: 0, given: null, commit: null, dragging: false, timer: null };

  const show = () => {
    const { live } = self.given, { k } = self, answer = live.answers[live.answer_of[k]], value = live.cutoffs[k];
    range.value = onWay(live, value);
    if (document.activeElement !== number) typedAgain();
    const told = { ...Object.fromEntries(answer.readout), "Hazard ratio, adjusted": live.adjusted[live.answer_of[k]] };
    rows.below.dt.textContent = plainText(live.labels[k][0]);
    rows.above.dt.textContent = plainText(live.labels[k][1]);
    for (const term of ROWS) tellRow(rows[term].dd, told[term]);
    find(".cd-which").textContent = plainText(live.against[k]);
    showStamp(find(".cd-stamp"), live.stamps[k] ?? live.unstamped);
    range.setAttribute("aria-valuetext",
      `${live.cutoff_text[k]} ${plainText(live.unit)}, hazard ratio ${told["Hazard ratio, unadjusted"]}, log-rank ${told["Log-rank test"]}`);
    find(".cd-track").style.setProperty("--cut", position(live, value) / 100);
    tell(AT, { name: self.given.name, value });
  };
  const typedAgain = () => {
    number.value = self.given.live.cutoff_text[self.k];
    complain("");
  };
  const complain = (text) => {
    fault.textContent = text;
    fault.hidden = !text;
    number.setAttribute("aria-invalid", String(Boolean(text)));
  };
  const moveTo = (k) => {
    k = clampIndex(k, self.given.live.cutoffs.length);
    if (k === self.k) return;
    self.k = k;
    beginMove(self.given.name);
    show();
    changed();
  };
  // The server says which move it has answered: an answer to a step there and back is else the same as what stands, and would
  // reach no component.
  const adopt = (value) => {
    self.awaited = { value, move: beginMove(self.given.name) };
    self.commit(self.awaited);
  };
  const standing = () => self.given.live.cutoffs[self.given.live.current];
  const answered = () => {
    const { live, name } = self.given;
    self.awaited = undefined;
    find("[role=status]").textContent = `${plainText(live.against[live.current])}: ${range.getAttribute("aria-valuetext")}`;
    endMove(name);
  };
  // What an answer that is still under way will put in place counts as little as what it replaces: the last word is sent.
  const isNew = (value) => self.awaited !== undefined || value !== standing();
  const commit = () => {
    clearTimeout(self.timer);
    self.timer = null;
    const value = self.given.live.cutoffs[self.k];
    if (isNew(value)) adopt(value);
    else {
      endMove(self.given.name);
      rested();
    }
  };
  const goTo = (value) => {
    moveTo(nearest(self.given.live.cutoffs, value));
    commit();
  };
  const byKey = (event, moves) => {
    const k = moves(event.key);
    if (k === undefined) return;
    event.preventDefault();
    moveTo(k);
    if (event.target === number) typedAgain();
    clearTimeout(self.timer);
    self.timer = setTimeout(commit, KEY_PAUSE_MS);
  };
  const step = (key) => (key in KEY_MOVES ? self.k + KEY_MOVES[key] : undefined);

  range.addEventListener("pointerdown", () => (self.dragging = true));
  range.addEventListener("input", () => {
    const { live } = self.given;
    moveTo(nearest(live.cutoffs.map((cutoff) => onWay(live, cutoff)), Number(range.value)));
  });
  range.addEventListener("change", () => {
    self.dragging = false;
    show(); // the handle rests on the cut-off it stands for
    commit();
  });
  range.addEventListener("keydown", (event) =>
    byKey(event, (key) => ({ Home: 0, End: self.given.live.cutoffs.length - 1 })[key] ?? step(key)));
  number.addEventListener("keydown", (event) => {
    if (event.key === "Enter") adoptTyped();
    else if (event.key === "Escape") typedAgain();
    else byKey(event, (key) => (key === "ArrowUp" || key === "ArrowDown" ? step(key) : undefined));
  });
  const adoptTyped = () => {
    const { value, fault: wrong } = understood(number.value, self.given.live);
    complain(wrong ?? "");
    if (value === undefined) return;
    number.value = String(value);
    if (value !== self.awaited?.value && isNew(value)) adopt(value); // a value between two steps is answered by the server
  };
  number.addEventListener("change", adoptTyped);
  published.addEventListener("change", () => {
    goTo(Number(published.value));
    published.value = "";
  });
  find(".cd-marker").addEventListener("change", ({ target }) => chosen(Number(target.value)));
  const unlink = listenToLinks(() => self.given?.name, (value) => {
    self.dragging = true;
    moveTo(nearest(self.given.live.cutoffs, value));
  }, () => {
    self.dragging = false;
    commit();
  });

  self.receive = (given, commitValue) => {
    const waiting = self.dragging || self.timer !== null;
    const held = waiting ? self.given.live.cutoffs[self.k] : null;
    self.given = given;
    self.commit = commitValue;
    const { live } = given;
    self.k = waiting ? nearest(live.cutoffs, held) : live.current;
    const title = plainText(live.title), unit = plainText(live.unit);
    find(".cd-title").textContent = title;
    find(".cd-unit").textContent = unit;
    for (const input of [range, number]) input.setAttribute("aria-label", `${title} cut-off (${unit})`);
    range.min = onWay(live, live.cutoffs[0]);
    range.max = onWay(live, live.cutoffs[live.cutoffs.length - 1]);
    drawBars(find(".cd-bars"), live);
    drawPublished(published, live);
    drawMarkers(find(".cd-marker"), find(".cd-title"), live);
    drawTicks(find(".cd-ticks"), live, goTo);
    show();
    if (self.awaited && self.awaited.move === given.answered) answered();
  };
  self.figure = () => composeFigure(self.given, self.k);
  self.alt = () => `${self.given.alt} ${plainText(noteOf(self.given.live, self.k))}`;
  self.suffix = () => `-${self.given.live.cutoff_text[self.k]}`;
  self.forget = () => {
    unlink();
    clearTimeout(self.timer);
    self.awaited = undefined;
    endMove(self.given?.name);
  };
  return self;
}

function answerRow(list, term) {
  const row = element("div", term in SHOWN ? "cd-told" : "cd-unseen-text", "", list);
  const dt = element("dt", "", SHOWN[term] ?? "", row), dd = element("dd", "", "", row);
  dd.dataset.term = term;
  if (term === "Hazard ratio, adjusted") row.classList.add("cd-adjusted");
  return { dt, dd };
}

// A hazard ratio as the number, its interval, and P on a line of its own; what is not estimable as the words that say so.
function tellRow(dd, text) {
  if (dd.textContent === text) return;
  const [, ratio, limits, p] = /^(\S+) (\(.+?\))(?:, (P .+))?$/.exec(text) ?? [];
  dd.replaceChildren();
  if (!ratio) dd.append(text);
  else {
    element("b", "", ratio, dd);
    element("i", "", ` ${limits}`, dd);
    dd.append(" ");
    element("small", "", p ?? "", dd);
  }
  dd.classList.toggle("cd-words", !ratio && !/^P [<>=]/.test(text));
}

function showStamp(stamp, text) {
  stamp.textContent = text.split(";")[0]; // the corrected P stands in the saved figure and under this one
  stamp.classList.toggle("cd-doubt", text.startsWith("data-driven"));
}

// A value on the handle's way, which is logarithmic from the first cut-off above 0 on where the marker's axis is.
const onWay = (live, value) => (live.log_from ? Math.log(Math.max(value, live.log_from)) : value);

// Where a value lies on the handle's way, 0 to 100.
function position(live, value) {
  const { cutoffs } = live, first = onWay(live, cutoffs[0]), last = onWay(live, cutoffs[cutoffs.length - 1]);
  return (100 * (onWay(live, value) - first)) / (last - first);
}

// The distribution twice, in the colour below and in the one above; the handle cuts between them.
function drawBars(box, live) {
  const most = Math.max(1, ...live.bars), width = 100 / live.bars.length;
  const path = live.bars.map((n, i) => `M${(i * width).toFixed(2)} 100v${(-100 * n) / most}h${(0.84 * width).toFixed(2)}V100Z`);
  for (const svg of box.children) {
    svg.setAttribute("viewBox", "0 0 100 100");
    svg.replaceChildren();
    drawing("path", svg, { d: path.join("") });
  }
  box.title = plainText(live.bars_title);
}

function drawPublished(select, live) {
  const options = live.published.map(({ value, citation }) => new Option(plainText(citation), String(value)));
  select.replaceChildren(Object.assign(new Option("Published", ""), { disabled: true, selected: true }), ...options);
  select.setAttribute("aria-label", `Published ${plainText(live.title)} cut-offs`);
  select.hidden = !options.length;
}

// What this handle may have: the values of its marker, where it has several, over the other markers; one alone is a title.
function drawMarkers(select, title, { choices = [], values = 1 }) {
  const options = choices.map((label, place) => new Option(plainText(label), String(place)));
  const grouped = (label, of) => {
    const group = Object.assign(document.createElement("optgroup"), { label });
    group.append(...of);
    return group;
  };
  if (values > 1) select.replaceChildren(grouped("Its values", options.slice(0, values)), grouped("Other markers", options.slice(values)));
  else select.replaceChildren(...options);
  select.value = "0";
  select.setAttribute("aria-label", "Marker of this slider");
  select.hidden = choices.length < 2;
  title.hidden = !select.hidden;
}

// Published cut-offs under the handle's way, and the marks of a logarithmic one, as far as their numbers have room; all that is
// published is in the list above.
function drawTicks(box, live, adopt) {
  const taken = [], width = box.clientWidth || 500;
  const placed = (mark, value) => {
    const at = position(live, value), px = (at / 100) * width;
    mark.style.left = `${at}%`;
    if (taken.some((other) => Math.abs(other - px) < TICK_WIDTH_PX)) mark.hidden = true;
    else taken.push(px);
  };
  box.replaceChildren();
  for (const tick of live.published.toSorted((one, other) => (other.value === live.default) - (one.value === live.default))) {
    const button = element("button", "cd-tick", tick.text, box);
    button.type = "button";
    button.title = plainText(tick.citation);
    button.onclick = () => adopt(tick.value);
    placed(button, tick.value);
  }
  for (const mark of live.scale) placed(element("span", "cd-scale", mark.text, box), mark.value);
}
