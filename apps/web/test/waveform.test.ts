import { describe, expect, it } from 'vitest';
import { barsOf, waveformOf } from '../src/features/chat/waveform';

describe('a waveform', () => {
  it('has 64 steps at most, each as high as its loudest moment, the loudest full', () => {
    const levels = Array.from({ length: 640 }, (_, at) => (at % 10 === 3 ? at / 1280 : 0));
    const steps = waveformOf(levels);
    expect(steps).toHaveLength(64);
    expect(steps.at(-1)).toBe(100);
    expect(steps[31]).toBeGreaterThan(45);
    expect(steps[31]).toBeLessThan(55);
    expect(steps.every((step) => Number.isInteger(step) && step >= 0 && step <= 100)).toBe(true);
  });

  it('of something short has as many steps as it was listened to, and of silence is low', () => {
    expect(waveformOf([0.2, 0.4])).toEqual([50, 100]);
    expect(waveformOf([0, 0.0005, 0])).toEqual([0, 5, 0]);
    expect(waveformOf([])).toEqual([]);
  });

  it('is drawn by fewer bars where there is room for fewer', () => {
    expect(barsOf([1, 9, 4, 2], 2)).toEqual([9, 4]);
    expect(barsOf([1, 9], 44)).toEqual([1, 9]);
  });
});
