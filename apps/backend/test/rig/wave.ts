import { waveOf } from '@app/domain/seed';

/** Silence of so many seconds as a WAV: one channel of 8,000 samples a second, each of two bytes. */
export const wave = (seconds: number): Uint8Array<ArrayBuffer> => waveOf(new Float32Array(seconds * 8_000), 8_000);
