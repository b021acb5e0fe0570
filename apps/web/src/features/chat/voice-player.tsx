import { Pause, Play } from 'lucide-react';
import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { cx } from '../../design/cx';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { barsOf } from './waveform';

const speeds = [1, 1.5, 2] as const;
/** So far an arrow key goes. In seconds. */
const step = 5;
/** What has no waveform is drawn as a line of these. */
const flat = Array.from({ length: 32 }, () => 12);
const mostBars = 44;

/** What is being played: one voice at a time. */
let playing: HTMLAudioElement | undefined;

interface VoicePlayerProps {
  /** Where it is; undefined while that is not known. */
  url: string | undefined;
  waveform: readonly number[] | null;
  durationMs: number | null;
  className?: string;
}

/** Plays a voice message. Its waveform is where one is in it, and where one goes to. */
export function VoicePlayer({ url, waveform, durationMs, className }: VoicePlayerProps) {
  const t = useTexts('chat');
  const { duration, number } = useFormats();
  const audio = useRef<HTMLAudioElement>(null);
  const [isPlaying, setPlaying] = useState(false);
  const [at, setAt] = useState(0);
  const [speed, setSpeed] = useState<(typeof speeds)[number]>(1);
  const [found, setFound] = useState<number>();
  // What was just recorded does not know how long it is; who recorded it does.
  const length = durationMs === null ? (found ?? 0) : durationMs / 1000;
  const bars = waveform && waveform.length > 1 ? barsOf(waveform, mostBars) : flat;
  const share = length > 0 ? Math.min(1, at / length) : 0;

  // While it plays the waveform follows each frame; `timeupdate` comes four times a second.
  useEffect(() => {
    if (!isPlaying) return undefined;
    let frame = 0;
    const follow = () => {
      setAt(audio.current?.currentTime ?? 0);
      frame = requestAnimationFrame(follow);
    };
    follow();
    return () => cancelAnimationFrame(frame);
  }, [isPlaying]);

  useEffect(() => {
    const element = audio.current;
    return () => {
      if (playing === element) playing = undefined;
    };
  }, []);

  async function toggle() {
    const element = audio.current;
    if (!element) return;
    if (!element.paused) return element.pause();
    if (playing !== element) playing?.pause();
    playing = element;
    element.playbackRate = speed;
    // Refused where the file cannot be loaded, or where it is paused at once: then it does not play, and shows so.
    await element.play().catch(() => setPlaying(false));
  }

  function seek(to: number) {
    const now = Math.min(length, Math.max(0, to));
    if (audio.current) audio.current.currentTime = now;
    setAt(now);
  }

  function seekTo({ clientX, currentTarget }: PointerEvent<HTMLElement>) {
    const { left, width } = currentTarget.getBoundingClientRect();
    seek(((clientX - left) / width) * length);
  }

  function onKeyDown(event: KeyboardEvent) {
    const to = { ArrowRight: at + step, ArrowUp: at + step, ArrowLeft: at - step, ArrowDown: at - step, Home: 0, End: length }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    seek(to);
  }

  function faster() {
    const next = speeds[(speeds.indexOf(speed) + 1) % speeds.length] ?? 1;
    setSpeed(next);
    if (audio.current) audio.current.playbackRate = next;
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <span role="group" aria-label={t('media.audio')} className={cx('flex items-center gap-2.5 select-none', className)}>
      {/* biome-ignore lint/a11y/useMediaCaption: nobody has written down what was said */}
      <audio
        ref={audio}
        src={url}
        preload="none"
        onPlay={() => setPlaying(true)}
        onPause={() => setPlaying(false)}
        onEnded={() => {
          setPlaying(false);
          seek(0);
        }}
        onLoadedMetadata={({ currentTarget }) => {
          if (Number.isFinite(currentTarget.duration)) setFound(currentTarget.duration);
        }}
      />
      <button
        type="button"
        onClick={() => void toggle()}
        disabled={url === undefined}
        aria-label={isPlaying ? t('voice.pause') : t('voice.play')}
        className="grid size-11 shrink-0 place-items-center rounded-full bg-current/15 transition-[background-color,scale] active:scale-90 disabled:opacity-50 hoverable:hover:bg-current/25"
      >
        {isPlaying ? (
          <Pause className="size-5 fill-current" aria-hidden="true" />
        ) : (
          <Play className="ml-0.5 size-5 fill-current" aria-hidden="true" />
        )}
      </button>
      <span className="grid min-w-0 grow gap-1">
        <span
          role="slider"
          tabIndex={0}
          aria-label={t('voice.position')}
          aria-valuemin={0}
          aria-valuemax={Math.round(length)}
          aria-valuenow={Math.round(at)}
          aria-valuetext={t('voice.positionOf', { at: duration(Math.round(at)), length: duration(Math.round(length)) })}
          onKeyDown={onKeyDown}
          onPointerDown={(event) => {
            event.currentTarget.setPointerCapture(event.pointerId);
            seekTo(event);
          }}
          onPointerMove={(event) => event.buttons > 0 && event.currentTarget.hasPointerCapture(event.pointerId) && seekTo(event)}
          className="flex h-8 cursor-pointer touch-none items-center gap-px rounded-md"
        >
          {bars.map((height, bar) => (
            <span
              key={bar}
              aria-hidden="true"
              className={cx('min-w-0 grow rounded-full bg-current', bar / bars.length < share ? 'opacity-100' : 'opacity-40')}
              style={{ height: `${Math.max(10, height)}%` }}
            />
          ))}
        </span>
        <span className="flex justify-between text-xs tabular-nums opacity-80">
          {duration(Math.round(isPlaying || at > 0 ? at : length))}
        </span>
      </span>
      <button
        type="button"
        onClick={faster}
        aria-label={t('voice.speed', { speed: number(speed) })}
        className="relative min-w-11 shrink-0 rounded-full bg-current/15 px-2 py-1 text-xs font-bold tabular-nums after:absolute after:-inset-2 hoverable:hover:bg-current/25"
      >
        <span aria-hidden="true">{number(speed)}×</span>
      </button>
    </span>
  );
}
