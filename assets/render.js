// Figures of the bundle, drawn unseen from what their pages would draw: PNG and SVG go to the server as text, which then
// asks for the next ones.

function asBase64(bytes) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onload = () => done(reader.result.slice(reader.result.indexOf(",") + 1));
    reader.onerror = () => failed(reader.error);
    reader.readAsDataURL(new Blob([bytes]));
  });
}

async function rendered(parentElement, given) {
  const { png } = given, white = png.ground === "white";
  const whole = given.live ? composeFigure(given, given.live.current) : given.figure;
  const width_px = drawnWidth(png.width_mm, Boolean(whole.narrow)), { data, layout } = atWidth(whole, width_px);
  const figure = edited({ data, layout }, given.saved);
  const shown = !white && isDark(parentElement) ? recolour(figure, given.dark) : figure;
  const background = white ? "#ffffff" : getComputedStyle(parentElement).getPropertyValue("--st-background-color").trim();
  const Plotly = await loadPlotly(given.plotly), drawing = await figureToSvg(Plotly, shown, { ...png, background, width_px });
  return { png: await asBase64(await svgToPng(drawing, { ...png, background })), svg: inMillimetres(drawing, png.width_mm) };
}

async function renderUnseen(parentElement, { unseen }, answer) {
  const ticket = unseen.map(({ name }) => name).join();
  const root = parentElement.querySelector(".cd-unseen") ?? element("div", "cd-unseen", "", parentElement), drawn = [];
  if (root.dataset.ticket === ticket) return; // the page ran again while these were being drawn
  root.dataset.ticket = ticket;
  for (const given of unseen) {
    if (!root.isConnected) return; // cancelled
    const { name } = given;
    drawn.push(await rendered(root, given).then((files) => ({ name, ...files }), (error) => ({ name, error: error.message })));
  }
  answer(drawn);
}
