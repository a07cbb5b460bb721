// The curves of a moving handle as plain paths over the figure, in the very look plotly gave its own: a tenth of the work of
// drawing the figure anew, which is done once, when the handle rests. Zoomed axes and groups that were hidden stay so.

const SVG = "http://www.w3.org/2000/svg";

function drawing(tag, parent, attributes = {}) {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent.appendChild(made);
  return made;
}

// Level until the next time, then down; `back` walks the same steps from the end, which closes a band.
function steps(x, y, back = false) {
  const parts = [];
  if (!back) x.forEach((at, i) => parts.push(i ? `H${at}V${y[i]}` : `M${at},${y[i]}`));
  else for (let i = x.length - 1; i >= 0; i--) parts.push(i < x.length - 1 ? `V${y[i]}H${x[i]}` : `L${x[i]},${y[i]}`);
  return parts.join("");
}

function createMoving(plot) {
  const over = drawing("svg", plot.parentElement, { class: "cd-over", "aria-hidden": "true" });
  let shown = null;

  const begin = () => {
    const { xaxis, yaxis, width, height } = plot._fullLayout;
    const inside = { x: xaxis._offset, y: yaxis._offset, width: xaxis._length, height: yaxis._length };
    for (const [name, value] of Object.entries({ width, height })) over.setAttribute(name, value);
    over.replaceChildren();
    const ground = drawing("svg", over, inside);
    const toX = (t) => xaxis.l2p(t).toFixed(1), toY = (s) => yaxis.l2p(s).toFixed(1);
    const places = plot._fullLayout.annotations.filter((one) => one.yref === "y2"); // the labels over the numbers at risk
    const labels = places.map((one) => plot.querySelector(`.annotation[data-index="${one._index}"] text`));
    const legend = [...plot.querySelectorAll(".legendtext")];
    const n = Math.floor(plot._fullData.length / TRACES_PER_GROUP);
    const groups = Array.from({ length: n }, (_, g) => ({ ...groupOf(g, ground), label: labels[g], legend: legend[g] }));
    shown = { toX, toY, groups };
    plot.parentElement.classList.add("cd-moves");
  };
  const groupOf = (g, ground) => {
    const [lower, band, curve, censored, risk] = plot._fullData.slice(TRACES_PER_GROUP * g, TRACES_PER_GROUP * (g + 1));
    if (curve.visible !== true) return { hidden: true };
    const find = (trace, part) => plot.querySelector(`.trace${trace.uid} ${part}`);
    const like = (model, parent) => drawing("path", parent, { style: model?.getAttribute("style") ?? "fill:none" });
    return {
      band: band.visible === true ? like(find(lower, ".js-fill"), ground) : null,
      line: like(find(curve, ".js-line"), ground),
      marks: like(find(censored, ".point"), ground),
      markPx: censored.marker.size * 0.7,
      numbers: [...plot.querySelectorAll(`.trace${risk.uid} .textpoint text`)],
    };
  };
  const draw = (part, group, label, live) => {
    if (part.hidden) return;
    const x = (group.x ??= group.t.map((index) => live.times[index])).map(shown.toX), y = group.s.map(shown.toY);
    part.line.setAttribute("d", steps(x, y));
    part.band?.setAttribute("d", `${steps(x, group.u.map(shown.toY))}${steps(x, group.l.map(shown.toY), true)}Z`);
    const at = (group.cx ??= group.ct.map((index) => live.times[index]));
    part.marks.setAttribute("d", at.map((t, i) =>
      `M${shown.toX(t)},${(shown.toY(group.cs[i]) - part.markPx).toFixed(1)}v${(2 * part.markPx).toFixed(1)}`).join(""));
    part.numbers.forEach((text, i) => (text.textContent = group.r[i]));
    tellLegend(part.legend, [label, `(${group.n})`]);
  };
  // A name on one line, or on the two that plotly made of it.
  const tellLegend = (legend, parts) => {
    const lines = legend?.querySelectorAll("tspan.line") ?? [];
    if (lines.length === parts.length) lines.forEach((line, i) => (line.textContent = parts[i]));
    else if (legend) legend.textContent = parts.join(" ");
  };
  const show = (live, k) => {
    if (!shown) begin();
    live.answers[live.answer_of[k]].groups.forEach((group, g) => {
      const part = shown.groups[g], label = plainText(live.labels[k][g]);
      draw(part, group, label, live);
      if (part.label) part.label.textContent = label;
    });
  };
  const end = () => {
    if (!shown) return;
    shown = null;
    over.replaceChildren();
    plot.parentElement.classList.remove("cd-moves");
  };
  return { show, end };
}
