let made = 0;

/** The first bytes of a PNG, which is all that is looked at here, and something that no other one has. */
export function png(width = 60, height = 80): Uint8Array {
  made += 1;
  const bytes = new Uint8Array(30);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13, 0x49, 0x48, 0x44, 0x52]);
  const view = new DataView(bytes.buffer);
  view.setUint32(16, width);
  view.setUint32(20, height);
  view.setUint32(24, made);
  return bytes;
}
