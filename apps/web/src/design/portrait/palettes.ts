/** The colours of one portrait. */
export interface Palette {
  /** The sky behind everything: top, then bottom. */
  ground: readonly [string, string];
  /** The one bright thing: a sun, the heart of a flower. */
  light: string;
  /** From the back to the front. */
  layers: readonly [string, string, string];
  letter: string;
  /** Fine lines over the layers. */
  line: string;
  /** The darkest tone: what text over the portrait stands on. */
  deep: string;
}

/** The lightest tone a letter may have. */
export const paperWhite = '#fffaf2';

export const palettes: readonly [Palette, ...Palette[]] = [
  {
    ground: ['#ffd3b6', '#ff8b7b'],
    light: '#ffe9a8',
    layers: ['#f2506a', '#b42559', '#5d1640'],
    letter: '#fff4e6',
    line: '#ffe3cf',
    deep: '#3a0d29',
  },
  {
    ground: ['#bfe3f2', '#5fb3d4'],
    light: '#fff3c4',
    layers: ['#ff9d5c', '#e4572e', '#123a5c'],
    letter: '#0f2f4d',
    line: '#ffffff',
    deep: '#0a2138',
  },
  {
    ground: ['#e9d8ff', '#b295f0'],
    light: '#ffd86b',
    layers: ['#7f58d6', '#ff7fa3', '#39206e'],
    letter: '#fffaf0',
    line: '#f5e9ff',
    deep: '#24124b',
  },
  {
    ground: ['#fff0bd', '#ffc24d'],
    light: '#ff6b4a',
    layers: ['#f2994a', '#1f8a70', '#0f4d4a'],
    letter: '#3b1d12',
    line: '#fff7db',
    deep: '#0b3536',
  },
  {
    ground: ['#d3f0df', '#7fcfae'],
    light: '#fff6cf',
    layers: ['#2a9d7f', '#f2b5c4', '#0d4f4f'],
    letter: '#fff8ec',
    line: '#eafff4',
    deep: '#08373a',
  },
  {
    ground: ['#ffd9e4', '#f79ab7'],
    light: '#fff0d6',
    layers: ['#e4416f', '#3d5ad6', '#20246e'],
    letter: '#22267a',
    line: '#ffeaf1',
    deep: '#171a52',
  },
  {
    ground: ['#2c2e6b', '#5a3f92'],
    light: '#ffcf8a',
    layers: ['#ff7e6b', '#c23b7a', '#1b1748'],
    letter: '#ffe9cf',
    line: '#ffc9b8',
    deep: '#120f36',
  },
  {
    ground: ['#f6e2cf', '#e0a984'],
    light: '#fff6e8',
    layers: ['#c9603f', '#7d8f5c', '#4a2720'],
    letter: '#fff5e6',
    line: '#fff0df',
    deep: '#331712',
  },
  {
    ground: ['#0f5257', '#0b7a75'],
    light: '#ffd166',
    layers: ['#f78764', '#fbe3c0', '#07353f'],
    letter: '#ffefd2',
    line: '#9fe0d2',
    deep: '#052831',
  },
  {
    ground: ['#ffe3d0', '#ffb199'],
    light: '#fffbe0',
    layers: ['#ff6f59', '#254e70', '#142c44'],
    letter: '#173350',
    line: '#fff2e8',
    deep: '#0e2134',
  },
  {
    ground: ['#dfe8ff', '#94aef5'],
    light: '#ffe08f',
    layers: ['#4669e0', '#ff8fab', '#1b2a6b'],
    letter: '#fff7ea',
    line: '#f0f4ff',
    deep: '#121c4d',
  },
  {
    ground: ['#5b1133', '#a61f4a'],
    light: '#ffb86b',
    layers: ['#ff5d73', '#f7b9a4', '#360a24'],
    letter: '#ffe5d0',
    line: '#ff9aa6',
    deep: '#270619',
  },
];
