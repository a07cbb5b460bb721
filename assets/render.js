// A figure of the bundle, drawn unseen from what its page would draw: PNG and SVG go to the server as text, which then
// asks for the next one.

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

async function renderUnseen(parentElement, given, answer) {
  const root = parentElement.querySelector(".cd-unseen") ?? element("div", "cd-unseen", "", parentElement);
  if (root.dataset.ticket === given.ticket) return; // the page ran again while this one was being drawn
  root.dataset.ticket = given.ticket;
  try {
    answer({ ticket: given.ticket, ...(await rendered(root, given)) });
  } catch (error) {
    answer({ ticket: given.ticket, error: error.message });
  }
}
