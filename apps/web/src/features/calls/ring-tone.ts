/** Notes of a tone: when, in seconds from its start, and how high, in hertz. */
type Notes = readonly (readonly [start: number, pitch: number])[];

const tones: Readonly<Record<'incoming' | 'outgoing', { notes: Notes; every: number; loudness: number }>> = {
  incoming: {
    notes: [
      [0, 587],
      [0.16, 740],
      [0.32, 880],
      [0.7, 740],
      [0.86, 880],
    ],
    every: 2.6,
    loudness: 0.09,
  },
  outgoing: {
    notes: [
      [0, 440],
      [0.22, 440],
    ],
    every: 3,
    loudness: 0.035,
  },
};

function play(audio: AudioContext, { notes, loudness }: { notes: Notes; loudness: number }): void {
  for (const [start, pitch] of notes) {
    const at = audio.currentTime + start;
    const [note, volume] = [audio.createOscillator(), audio.createGain()];
    note.type = 'sine';
    note.frequency.value = pitch;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loudness, at + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, at + 0.45);
    note.connect(volume).connect(audio.destination);
    note.start(at);
    note.stop(at + 0.5);
  }
}

/** Plays a tone over and over until the returned function is called. A browser that wants a click first stays silent. */
export function startTone(kind: 'incoming' | 'outgoing'): () => void {
  if (typeof AudioContext === 'undefined') return () => undefined;
  const audio = new AudioContext();
  const tone = tones[kind];
  play(audio, tone);
  const timer = setInterval(() => play(audio, tone), tone.every * 1_000);
  return () => {
    clearInterval(timer);
    void audio.close();
  };
}
