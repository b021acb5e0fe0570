import { maxWaveformHeight, maxWaveformSteps } from '@app/api-client';

/** As quiet as this is silence, whatever a microphone hums. The loudest there can be is 1. */
const silence = 0.01;

/** The steps of a waveform out of how loud it was, told many times a second, from 0 to 1: each as high as its loudest moment, the loudest full. */
export function waveformOf(levels: readonly number[], steps = maxWaveformSteps): number[] {
  const count = Math.min(steps, levels.length);
  const peaks = Array.from({ length: count }, (_, step) => {
    const from = Math.floor((step * levels.length) / count);
    const to = Math.floor(((step + 1) * levels.length) / count);
    return levels.slice(from, to).reduce((most, level) => Math.max(most, level), 0);
  });
  const loudest = Math.max(silence, ...peaks);
  return peaks.map((peak) => Math.round((Math.min(peak, loudest) / loudest) * maxWaveformHeight));
}

/** So many bars of a waveform, for where there is room for fewer than it has. */
export function barsOf(waveform: readonly number[], bars: number): number[] {
  if (waveform.length <= bars) return [...waveform];
  return Array.from({ length: bars }, (_, bar) => {
    const from = Math.floor((bar * waveform.length) / bars);
    const to = Math.floor(((bar + 1) * waveform.length) / bars);
    return Math.max(...waveform.slice(from, to));
  });
}
