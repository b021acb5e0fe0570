/** How bright a colour is, as WCAG counts it: 0 black, 1 white. `color`: `#rrggbb`. */
function luminance(color: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((start) => {
    const share = Number.parseInt(color.slice(start, start + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** WCAG's contrast of two colours, from 1 to 21. */
export function contrast(one: string, other: string): number {
  const [dark = 0, bright = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (bright + 0.05) / (dark + 0.05);
}

/** The candidate that is easiest to tell from all of what is behind it. */
export function mostLegible(candidates: readonly [string, ...string[]], behind: readonly string[]): string {
  const worst = (candidate: string) => Math.min(...behind.map((color) => contrast(candidate, color)));
  return candidates.reduce((best, candidate) => (worst(candidate) > worst(best) ? candidate : best));
}
