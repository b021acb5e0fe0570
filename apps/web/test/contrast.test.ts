import { describe, expect, it } from 'vitest';
import { contrast } from '../src/design/portrait/contrast';
import css from '../src/design/tokens.css?raw';

/** The colours of one theme by name. */
function colorsOf(selector: string): Map<string, string> {
  const start = css.indexOf(`${selector} {`);
  const block = css.slice(start, css.indexOf('}', start));
  return new Map([...block.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', color = '']) => [name, color]));
}

const grounds = ['paper', 'surface', 'raised', 'sunken'];
/** Text, and what it stands on. */
const texts: readonly (readonly [text: string, on: readonly string[]])[] = [
  ['ink', [...grounds, 'heart-soft', 'danger-soft']],
  ['ink-soft', [...grounds, 'heart-soft']],
  ['heart-ink', [...grounds, 'heart-soft']],
  ['danger-ink', [...grounds, 'danger-soft']],
  ['honey-ink', ['surface', 'raised']],
  ['sea-ink', ['surface', 'raised']],
  ['on-heart', ['heart', 'heart-strong']],
  ['on-plum', ['plum']],
  ['on-plum-soft', ['plum']],
  ['on-honey', ['honey']],
  ['on-danger', ['danger']],
];

describe.each([
  ['light', ':root'],
  ['dark', ':root[data-theme="dark"]'],
])('the %s theme', (_, selector) => {
  const colors = colorsOf(selector);
  const color = (name: string) => colors.get(name) ?? expect.fail(`there is no --${name}`);

  it.each(texts.flatMap(([text, on]) => on.map((ground) => [text, ground] as const)))('%s can be read on %s', (text, ground) => {
    expect(contrast(color(text), color(ground))).toBeGreaterThanOrEqual(4.5);
  });

  it.each(grounds)('the ring around what has the focus stands out on %s', (ground) => {
    expect(contrast(color('focus'), color(ground))).toBeGreaterThanOrEqual(3);
  });
});
