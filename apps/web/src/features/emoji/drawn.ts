/** As the page has them: other fonts draw some emoji as well, but as letters. */
const fonts = '"Apple Color Emoji", "Segoe UI Emoji", "Noto Color Emoji", sans-serif';

/** Draws on so few pixels that a letter and a picture are still told apart. */
const size = 2;

/**
 * Tells whether this device draws an emoji as one picture: fonts are years behind Unicode, and Windows has no flags. One that is not known comes
 * out as several side by side, or as a sign in the colour of the text.
 */
export function emojiEye(): (emoji: string) => boolean {
  const canvas = document.createElement('canvas');
  canvas.width = size;
  canvas.height = size;
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) return () => true;
  context.font = `${size}px ${fonts}`;
  context.textBaseline = 'middle';

  function drawnIn(colour: string, emoji: string): string {
    context?.clearRect(0, 0, size, size);
    if (context) context.fillStyle = colour;
    context?.fillText(emoji, 0, size / 2);
    return String(context?.getImageData(0, 0, size, size).data);
  }

  return (emoji) => context.measureText(emoji).width < size * 2 && drawnIn('#00f', emoji) === drawnIn('#f00', emoji);
}
