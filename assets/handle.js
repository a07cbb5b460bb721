// The cut-off handle: distribution of the marker, literature ticks, a range, a typed value, and the numbers of the
// cut-off under it. It composes the figure of the cut-off it stands at from the answers the server sent.

const HANDLE_PARTS = `
  <div class="cd-head">
    <label class="cd-title"></label>
    <span class="cd-typed"><input type="number" class="cd-number"><span class="cd-unit"></span></span>
  </div>
  <div class="cd-track">
    <div class="cd-bars" aria-hidden="true"></div>
    <input type="range" class="cd-range" step="any">
    <div class="cd-ticks"></div>
  </div>
  <dl class="cd-readout" aria-live="off"></dl>`;

const KEY_MOVES = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 5, PageDown: -5 };
const KEY_PAUSE_MS = 150; // a held arrow key commits once, when it rests
const TICK_WIDTH_PX = 30;

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

// The traces of one group follow each other: lower, upper, curve, censored, at risk (cdanalysis/figures/live.py).
function fillGroup(traces, first, group, live, label, step) {
  const [lower, upper, curve, censored, risk] = traces.slice(first, first + 5);
  const x = (group.x ??= group.t.map((index) => live.times[index]));
  Object.assign(lower, { x, y: group.l });
  Object.assign(upper, { x, y: group.u });
  Object.assign(curve, { x, y: group.s, name: `${label} (${group.n})` });
  Object.assign(censored, { x: (group.cx ??= group.ct.map((index) => live.times[index])), y: group.cs });
  Object.assign(risk, { x: live.risk_times, y: (group.ry ??= live.risk_times.map(() => step)), text: group.r });
}

function composeFigure(given, k) {
  const { live, figure } = given, answer = live.answers[live.answer_of[k]], labels = live.labels[k];
  const data = figure.data.map((trace) => ({ ...trace })), layout = structuredClone(figure.layout);
  answer.groups.forEach((group, g) => fillGroup(data, 5 * g, group, live, labels[g], -g));
  layout.yaxis2.ticktext = live.short_labels[k].map((text, g) => `<span style="color:${live.colours[g]}">${text}</span>`);
  layout.annotations[live.note_at].text = answer.note;
  return { data, layout };
}

function createHandle(box, changed) {
  box.innerHTML = HANDLE_PARTS;
  box.hidden = false;
  const find = (name) => box.querySelector(name);
  const range = find(".cd-range"), number = find(".cd-number");
  const self = { k: 0, given: null, commit: null, dragging: false, timer: null };

  const show = () => {
    const { live } = self.given, answer = live.answers[live.answer_of[self.k]];
    range.value = live.cutoffs[self.k];
    range.setAttribute("aria-valuetext", `${live.cutoff_text[self.k]} ${live.unit}`);
    if (document.activeElement !== number) number.value = live.cutoff_text[self.k];
    const rows = [...answer.readout, ["Hazard ratio, adjusted", live.adjusted[live.answer_of[self.k]]]];
    find(".cd-readout").replaceChildren(...rows.flatMap(([term, text], row) => {
      const dt = document.createElement("dt"), dd = document.createElement("dd");
      dt.textContent = row < 2 ? live.labels[self.k][row] : term;
      dd.textContent = text;
      dd.dataset.term = term;
      return [dt, dd];
    }));
    find(".cd-bars").style.setProperty("--cut", `${position(live, live.cutoffs[self.k])}%`);
    tell(AT, { name: self.given.name, value: live.cutoffs[self.k] });
  };
  const moveTo = (k) => {
    k = clampIndex(k, self.given.live.cutoffs.length);
    if (k !== self.k) {
      self.k = k;
      show();
      changed();
    }
  };
  const commit = () => {
    clearTimeout(self.timer);
    self.timer = null;
    const value = self.given.live.cutoffs[self.k];
    if (value !== self.given.live.cutoffs[self.given.live.current]) self.commit(value);
  };

  range.addEventListener("pointerdown", () => (self.dragging = true));
  range.addEventListener("input", () => moveTo(nearest(self.given.live.cutoffs, Number(range.value))));
  range.addEventListener("change", () => {
    self.dragging = false;
    show(); // the handle rests on the cut-off it stands for
    commit();
  });
  range.addEventListener("keydown", (event) => {
    const last = self.given.live.cutoffs.length - 1;
    const target = { Home: 0, End: last }[event.key] ?? (event.key in KEY_MOVES ? self.k + KEY_MOVES[event.key] : null);
    if (target === null) return;
    event.preventDefault();
    moveTo(target);
    clearTimeout(self.timer);
    self.timer = setTimeout(commit, KEY_PAUSE_MS);
  });
  number.addEventListener("change", () => {
    const { live } = self.given, typed = Number(number.value);
    if (number.value === "" || !Number.isFinite(typed)) return show();
    const value = Math.min(Math.max(typed, live.cutoffs[0]), live.cutoffs[live.cutoffs.length - 1]);
    number.value = value;
    self.commit(value); // a value between two steps is answered by the server
  });
  number.addEventListener("keydown", (event) => event.key === "Enter" && number.blur());
  self.forget = listenToLinks(() => self.given?.name, (value) => {
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
    find(".cd-title").textContent = live.title;
    find(".cd-unit").textContent = live.unit;
    for (const input of [range, number]) {
      input.min = live.cutoffs[0];
      input.max = live.cutoffs[live.cutoffs.length - 1];
      input.setAttribute("aria-label", `${live.title} (${live.unit})`);
    }
    number.step = "any";
    drawBars(find(".cd-bars"), live);
    drawTicks(find(".cd-ticks"), live, (value) => {
      moveTo(nearest(live.cutoffs, value));
      commit();
    });
    show();
  };
  self.figure = () => composeFigure(self.given, self.k);
  self.alt = () => `${self.given.alt} ${self.given.live.answers[self.given.live.answer_of[self.k]].note.replaceAll("<br>", ". ")}`;
  self.suffix = () => `-${self.given.live.cutoff_text[self.k]}`;
  return self;
}

function position(live, value) {
  const first = live.cutoffs[0], last = live.cutoffs[live.cutoffs.length - 1];
  return (100 * (value - first)) / (last - first);
}

function drawBars(box, live) {
  const most = Math.max(1, ...live.bars);
  box.replaceChildren();
  live.bars.forEach((n) => {
    const bar = element("i", "cd-bar-n", "", box);
    bar.style.height = `${(100 * n) / most}%`;
  });
  box.title = live.bars_title;
}

function drawTicks(box, live, adopt) {
  const rowEnds = [], width = box.clientWidth || 600;
  box.replaceChildren();
  for (const tick of live.ticks) {
    const at = position(live, tick.value), px = (at / 100) * width;
    let row = rowEnds.findIndex((end) => px - end >= TICK_WIDTH_PX);
    if (row < 0) row = rowEnds.length;
    rowEnds[row] = px;
    const button = element("button", "cd-tick", tick.text, box);
    button.type = "button";
    button.title = tick.citation;
    button.style.left = `${at}%`;
    button.style.top = `${row * 1.25}rem`;
    button.onclick = () => adopt(tick.value);
  }
  box.style.height = `${1.25 * Math.max(1, rowEnds.length)}rem`;
}
