// A canvas as TIFF: RGB, deflated, with its resolution.

const TIFF_TYPES = { short: 3, long: 4, rational: 5 };

async function deflated(bytes) {
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

function withoutAlpha(pixels) {
  const rgb = new Uint8Array((pixels.length / 4) * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3) {
    rgb[to] = pixels[from];
    rgb[to + 1] = pixels[from + 1];
    rgb[to + 2] = pixels[from + 2];
  }
  return rgb;
}

// The fields of the one picture, in the order of their numbers; `at`: where the strip, the depths and the resolutions stand.
function tiffFields({ width, height }, n_bytes, at) {
  const { short, long, rational } = TIFF_TYPES;
  return [
    [256, long, 1, width], [257, long, 1, height], [258, short, 3, at.depths], [259, short, 1, 8], [262, short, 1, 2],
    [273, long, 1, at.strip], [277, short, 1, 3], [278, long, 1, height], [279, long, 1, n_bytes],
    [282, rational, 1, at.resolution], [283, rational, 1, at.resolution], [296, short, 1, 2],
  ];
}

async function canvasToTiff(canvas, dpi) {
  const { width, height } = canvas, pixels = canvas.getContext("2d").getImageData(0, 0, width, height).data;
  const strip = await deflated(withoutAlpha(pixels)), n_fields = 12, first = 8, after = first + 2 + 12 * n_fields + 4;
  const at = { depths: after, resolution: after + 6, strip: after + 14 };
  const head = new DataView(new ArrayBuffer(at.strip));
  head.setUint32(0, 0x49492a00); // "II", 42: the bytes of every number from the least
  head.setUint32(4, first, true);
  head.setUint16(first, n_fields, true);
  tiffFields(canvas, strip.length, at).forEach(([tag, type, count, value], place) => {
    const here = first + 2 + 12 * place;
    head.setUint16(here, tag, true);
    head.setUint16(here + 2, type, true);
    head.setUint32(here + 4, count, true);
    if (type === TIFF_TYPES.short && count === 1) head.setUint16(here + 8, value, true);
    else head.setUint32(here + 8, value, true);
  });
  [8, 8, 8].forEach((depth, place) => head.setUint16(at.depths + 2 * place, depth, true));
  head.setUint32(at.resolution, dpi, true);
  head.setUint32(at.resolution + 4, 1, true);
  return new Uint8Array(await new Blob([head, strip]).arrayBuffer());
}
