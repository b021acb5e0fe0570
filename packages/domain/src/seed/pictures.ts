// Pictures of the demo people: drawn here, so that they are nobody's. A portrait in flat colours, and a view.

type Color = readonly [number, number, number];

const width = 360;
const height = 480;

const skies: readonly (readonly [Color, Color, Color])[] = [
  [
    [255, 196, 150],
    [244, 120, 112],
    [96, 52, 92],
  ],
  [
    [176, 222, 236],
    [96, 166, 198],
    [34, 88, 104],
  ],
  [
    [250, 224, 168],
    [232, 160, 96],
    [120, 74, 52],
  ],
  [
    [206, 196, 240],
    [142, 120, 206],
    [62, 48, 110],
  ],
  [
    [196, 230, 190],
    [104, 176, 136],
    [30, 84, 74],
  ],
  [
    [248, 206, 220],
    [222, 126, 160],
    [112, 46, 84],
  ],
];
const skins: readonly Color[] = [
  [240, 196, 164],
  [198, 140, 100],
  [134, 86, 58],
  [226, 172, 130],
  [250, 214, 186],
  [164, 108, 74],
];
const hairs: readonly Color[] = [
  [58, 36, 30],
  [24, 22, 28],
  [150, 88, 42],
  [214, 164, 92],
  [88, 60, 48],
  [120, 112, 116],
  [170, 62, 40],
];
const shirts: readonly Color[] = [
  [250, 246, 238],
  [36, 62, 88],
  [206, 76, 66],
  [54, 110, 92],
  [238, 186, 82],
  [92, 70, 122],
];

const pick = <T>(from: readonly T[], index: number): T => from[index % from.length] as T;
const mix = (a: Color, b: Color, t: number): Color => [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
const shade = (color: Color, by: number): Color => mix(color, by < 0 ? [0, 0, 0] : [255, 255, 255], Math.abs(by));
const within = (value: number) => Math.max(0, Math.min(1, value));

/** How much of a pixel is covered, from 0 to 1. */
type Cover = (x: number, y: number) => number;

/** Three bytes a pixel, row by row. */
type Canvas = Uint8ClampedArray;

/** Lays a colour over a part of the canvas. */
function lay(canvas: Canvas, [r, g, b]: Color, cover: Cover, x0 = 0, y0 = 0, x1 = width, y1 = height): void {
  const [left, right] = [Math.max(0, Math.floor(x0)), Math.min(width, Math.ceil(x1))];
  const bottom = Math.min(height, Math.ceil(y1));
  for (let y = Math.max(0, Math.floor(y0)); y < bottom; y += 1) {
    let at = (y * width + left) * 3;
    for (let x = left; x < right; x += 1, at += 3) {
      const part = cover(x, y);
      if (part <= 0) continue;
      const [pr = 0, pg = 0, pb = 0] = [canvas[at], canvas[at + 1], canvas[at + 2]];
      canvas[at] = pr + (r - pr) * part;
      canvas[at + 1] = pg + (g - pg) * part;
      canvas[at + 2] = pb + (b - pb) * part;
    }
  }
}

interface Oval {
  readonly cx: number;
  readonly cy: number;
  readonly rx: number;
  readonly ry: number;
}

const oval = (cx: number, cy: number, rx: number, ry: number): Oval => ({ cx, cy, rx, ry });

/** Soft at its edge. */
function insideOf({ cx, cy, rx, ry }: Oval): Cover {
  const least = Math.min(rx, ry);
  return (x, y) => {
    const [dx, dy] = [(x - cx) / rx, (y - cy) / ry];
    return within(0.5 - (Math.sqrt(dx * dx + dy * dy) - 1) * least);
  };
}

/** An oval, less what lies within another one. */
function layOval(canvas: Canvas, color: Color, shape: Oval, less?: Oval, strength = 1): void {
  const inside = insideOf(shape);
  const cut = less === undefined ? undefined : insideOf(less);
  const cover: Cover = (x, y) => strength * (cut === undefined ? inside(x, y) : Math.min(inside(x, y), 1 - cut(x, y)));
  const { cx, cy, rx, ry } = shape;
  lay(canvas, color, cover, cx - rx - 1, cy - ry - 1, cx + rx + 2, cy + ry + 2);
}

function layView(canvas: Canvas, index: number): void {
  const [high, low, ground] = pick(skies, index);
  lay(canvas, high, () => 1);
  lay(canvas, low, (_x, y) => within(y / (height * 0.72)));
  const sun = oval(80 + ((index * 83) % 200), 110 + ((index * 47) % 90), 34 + ((index * 13) % 18), 34 + ((index * 13) % 18));
  const far = sun.rx * 3.4;
  const glow: Cover = (x, y) => 0.35 * within(1 - Math.sqrt((x - sun.cx) ** 2 + (y - sun.cy) ** 2) / far);
  lay(canvas, [255, 248, 226], glow, sun.cx - far, sun.cy - far, sun.cx + far, sun.cy + far);
  layOval(canvas, [255, 246, 220], sun);
  for (const layer of [0, 1, 2]) {
    const top = height * (0.56 + layer * 0.14);
    const ridge = Array.from(
      { length: width },
      (_, x) => top + Math.sin(x / (34 + layer * 21) + index * 1.7 + layer) * (26 - layer * 5) + Math.sin(x / 17 + index) * 5,
    );
    lay(canvas, mix(low, ground, 0.35 + layer * 0.32), (x, y) => within(y - (ridge[x] ?? 0) + 0.5), 0, top - 40);
  }
}

function layPortrait(canvas: Canvas, index: number, longHair: boolean): void {
  layView(canvas, index);
  const [skin, hair, shirt] = [pick(skins, index), pick(hairs, index * 3 + 1), pick(shirts, index)];
  const [dark, blush] = [shade(skin, -0.16), mix(skin, [224, 92, 84], 0.3)];
  const cx = 180 + ((index * 29) % 25) - 12;
  layOval(canvas, hair, longHair ? oval(cx, 262, 96, 138) : oval(cx, 206, 80, 84));
  layOval(canvas, shade(shirt, -0.08), oval(cx, 560, 164, 196));
  layOval(canvas, shirt, oval(cx - 8, 564, 152, 188));
  layOval(canvas, dark, oval(cx, 340, 32, 58));
  layOval(canvas, skin, oval(cx, 232, 66, 84));
  layOval(canvas, dark, oval(cx + 4, 247, 7, 12), undefined, 0.5);
  for (const side of [-1, 1]) {
    layOval(canvas, skin, oval(cx + side * 66, 238, 11, 17));
    layOval(canvas, blush, oval(cx + side * 38, 262, 15, 10), undefined, 0.7);
    layOval(canvas, [42, 30, 32], oval(cx + side * 25, 229, 5.5, 7));
    layOval(canvas, [255, 255, 255], oval(cx + side * 25 + 2, 226, 1.8, 1.8));
    layOval(canvas, shade(hair, -0.1), oval(cx + side * 26, 211, 13, 3.2));
  }
  // A smile: what is left of one oval below another.
  layOval(canvas, [150, 52, 56], oval(cx, 268, 24, 17), oval(cx, 262, 27, 15));
  layOval(canvas, hair, oval(cx, 206, 78, 72), oval(cx + (index % 2 === 0 ? 16 : -16), 250, 70, 72));
}

const crcTable = Uint32Array.from({ length: 256 }, (_, n) => {
  let c = n;
  for (let bit = 0; bit < 8; bit += 1) c = c & 1 ? 0xedb88320 ^ (c >>> 1) : c >>> 1;
  return c >>> 0;
});

function chunk(name: string, data: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(12 + data.length);
  const out = new DataView(bytes.buffer);
  out.setUint32(0, data.length);
  for (let at = 0; at < 4; at += 1) bytes[4 + at] = name.charCodeAt(at);
  bytes.set(data, 8);
  let crc = 0xffffffff;
  for (const byte of bytes.subarray(4, 8 + data.length)) crc = (crcTable[(crc ^ byte) & 0xff] ?? 0) ^ (crc >>> 8);
  out.setUint32(8 + data.length, ~crc >>> 0);
  return bytes;
}

async function png(canvas: Canvas): Promise<Uint8Array> {
  const line = width * 3;
  const rows = new Uint8Array((line + 1) * height);
  for (let y = 0; y < height; y += 1) {
    // Each row as the difference to the pixel before: what is smooth packs well.
    const to = y * (line + 1);
    rows[to] = 1;
    for (let at = 0; at < line; at += 1) rows[to + 1 + at] = (canvas[y * line + at] ?? 0) - (at < 3 ? 0 : (canvas[y * line + at - 3] ?? 0));
  }
  const packed = await new Response(new Blob([rows]).stream().pipeThrough(new CompressionStream('deflate'))).arrayBuffer();
  const header = new Uint8Array(13);
  const out = new DataView(header.buffer);
  out.setUint32(0, width);
  out.setUint32(4, height);
  header.set([8, 2], 8);
  const parts = [
    Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', new Uint8Array(packed)),
    chunk('IEND', new Uint8Array()),
  ];
  return new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer());
}

/** The pictures of the demo person who stands at `index` of the list, as PNG: one of them, and two of where they were. */
export async function picturesOf(index: number, gender: string): Promise<Uint8Array[]> {
  const longHair = gender === 'female' ? index % 4 !== 3 : index % 5 === 4;
  const painters = [
    (canvas: Canvas) => layPortrait(canvas, index, longHair),
    (canvas: Canvas) => layView(canvas, index + 2),
    (canvas: Canvas) => layView(canvas, index * 5 + 4),
  ];
  const pictures: Uint8Array[] = [];
  for (const paint of painters.slice(0, 1 + (index % 3))) {
    const canvas = new Uint8ClampedArray(width * height * 3);
    paint(canvas);
    pictures.push(await png(canvas));
  }
  return pictures;
}

/** A view, as PNG: what somebody sends, or gives a group. */
export async function viewOf(index: number): Promise<Uint8Array> {
  const canvas = new Uint8ClampedArray(width * height * 3);
  layView(canvas, index);
  return png(canvas);
}
