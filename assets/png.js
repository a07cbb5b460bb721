// The displayed figure at a chosen width and resolution, made in the browser: SVG -> canvas -> PNG with pHYs, or TIFF.

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit++) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function crc32(bytes) {
  let c = 0xffffffff;
  for (const byte of bytes) c = CRC_TABLE[(c ^ byte) & 255] ^ (c >>> 8);
  return (c ^ 0xffffffff) >>> 0;
}

// Inserts the resolution (pHYs, pixels per metre) right after the header chunk, which ends at byte 33.
function withResolution(png, dpi) {
  const chunk = new Uint8Array(21), view = new DataView(chunk.buffer), pixelsPerMetre = Math.round(dpi / 0.0254);
  view.setUint32(0, 9);
  chunk.set([0x70, 0x48, 0x59, 0x73], 4);
  view.setUint32(8, pixelsPerMetre);
  view.setUint32(12, pixelsPerMetre);
  chunk[16] = 1;
  view.setUint32(17, crc32(chunk.subarray(4, 17)));
  const out = new Uint8Array(png.length + 21);
  out.set(png.subarray(0, 33));
  out.set(chunk, 33);
  out.set(png.subarray(33), 54);
  return out;
}

// Below 400 px the labels of a survival figure no longer fit: a narrow column is drawn at 400 px and scaled down, where 10 px
// are 6 pt at 85 mm. Two columns are drawn wide enough for a table with a plot inside it.
const NARROWEST_PX = 400, TWO_COLUMNS = { mm: 150, px: 760 };

function drawnWidth(millimetres, hasNarrowForm = false) {
  const natural = Math.max((millimetres / 25.4) * 96, NARROWEST_PX);
  return hasNarrowForm && millimetres >= TWO_COLUMNS.mm ? Math.max(natural, TWO_COLUMNS.px) : natural;
}

// The drawing as SVG text with its size in CSS pixels. shown: {data, layout} in display colours; opts: {background, width_px}
async function figureToSvg(Plotly, shown, opts) {
  const width = opts.width_px, drawn = inWidth(shown, width), { height } = drawn.layout;
  const layout = { ...drawn.layout, paper_bgcolor: opts.background, autosize: false, width, height };
  const text = await Plotly.toImage({ data: drawn.data, layout }, { format: "svg", width, height, imageDataOnly: true });
  return { text, width, height };
}

// The same drawing at the size it has on paper.
function inMillimetres({ text, width, height }, widthMm) {
  const size = { width: `${widthMm}mm`, height: `${((height / width) * widthMm).toFixed(2)}mm`, viewBox: `0 0 ${width} ${height}` };
  const drawing = new DOMParser().parseFromString(text, "image/svg+xml");
  for (const [name, value] of Object.entries(size)) drawing.documentElement.setAttribute(name, value);
  return new XMLSerializer().serializeToString(drawing);
}

async function svgToCanvas({ text, width, height }, opts) {
  const widthPx = Math.round((opts.width_mm / 25.4) * opts.dpi), scale = widthPx / width;
  const url = URL.createObjectURL(new Blob([text], { type: "image/svg+xml;charset=utf-8" })), image = new Image();
  try {
    await new Promise((done, failed) => {
      image.onload = done;
      image.onerror = () => failed(new Error("the browser could not draw the figure"));
      image.src = url;
    });
    const canvas = document.createElement("canvas");
    canvas.width = widthPx;
    canvas.height = Math.round(height * scale);
    const pen = canvas.getContext("2d");
    pen.fillStyle = opts.background;
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return canvas;
  } finally {
    URL.revokeObjectURL(url);
  }
}

async function svgToPng(drawing, opts) {
  const canvas = await svgToCanvas(drawing, opts), blob = await new Promise((done) => canvas.toBlob(done, "image/png"));
  return withResolution(new Uint8Array(await blob.arrayBuffer()), opts.dpi);
}
