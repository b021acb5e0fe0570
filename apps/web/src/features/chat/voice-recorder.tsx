import { ChevronLeft, ChevronUp, LockKeyhole, Mic, SendHorizontal, Square, Trash2 } from 'lucide-react';
import { type PointerEvent, useCallback, useEffect, useRef, useState } from 'react';
import { IconButton } from '../../design/button';
import { cx } from '../../design/cx';
import { notify } from '../../design/notices';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { VoicePlayer } from './voice-player';
import { longestVoice, type Recording, startRecording, type VoiceMessage } from './voice-recording';

/** Whoever lets go sooner has pressed, and speaks with their hands free. In milliseconds. */
const pressMs = 400;
/** So far to the side it is thrown away, and so far up it goes on by itself. In pixels. */
const slideToCancel = 90;
const slideToLock = 60;

/** What is shown of how loud it has been. */
const shownLevels = 40;

type Phase =
  | { is: 'idle' }
  /** The browser asks for the microphone. */
  | { is: 'asking' }
  /** `held`: a finger is on it, and has been moved so far. */
  | { is: 'recording'; recording: Recording; held: { x: number; y: number } | null }
  | { is: 'preview'; voice: VoiceMessage; url: string };

export interface VoiceDesk {
  phase: Phase;
  start(isHeld: boolean): Promise<void>;
  hold(moved: { x: number; y: number } | null): void;
  /** Ends what is being recorded, to be heard. */
  finish(): Promise<void>;
  /** Sends what is being recorded, or was. */
  send(): Promise<void>;
  cancel(): void;
}

/** Records voice messages, one at a time: nothing leaves the device before somebody says so. */
export function useVoice(onSend: (voice: VoiceMessage) => void): VoiceDesk {
  const t = useTexts('chat');
  const [phase, setPhase] = useState<Phase>({ is: 'idle' });
  const now = useRef(phase);
  /** Whether a finger is still on it, which may be gone before the browser has asked. */
  const held = useRef(false);
  const go = useCallback((next: Phase) => {
    if (now.current.is === 'preview' && next.is !== 'preview') URL.revokeObjectURL(now.current.url);
    now.current = next;
    setPhase(next);
  }, []);

  const isPast = (one: Phase) => now.current !== one;

  const cancel = useCallback(() => {
    if (now.current.is === 'recording') now.current.recording.cancel();
    go({ is: 'idle' });
  }, [go]);

  const end = useCallback(async (): Promise<VoiceMessage | null> => {
    if (now.current.is === 'preview') return now.current.voice;
    if (now.current.is !== 'recording') return null;
    return now.current.recording.stop();
  }, []);

  const finish = useCallback(async () => {
    const voice = await end();
    if (voice) go({ is: 'preview', voice, url: URL.createObjectURL(voice.file) });
    else go({ is: 'idle' });
  }, [end, go]);

  // The microphone does not stay open behind a screen that is left.
  useEffect(() => cancel, [cancel]);

  return {
    phase,
    cancel,
    finish,
    async start(isHeld) {
      if (now.current.is !== 'idle') return;
      const asking: Phase = { is: 'asking' };
      held.current = isHeld;
      go(asking);
      try {
        const recording = await startRecording();
        // Whoever thought better of it while the browser asked.
        if (isPast(asking)) return recording.cancel();
        go({ is: 'recording', recording, held: held.current ? { x: 0, y: 0 } : null });
      } catch (error) {
        go({ is: 'idle' });
        const refused = error instanceof DOMException && (error.name === 'NotAllowedError' || error.name === 'SecurityError');
        notify({ tone: 'bad', title: refused ? t('voice.refused') : t('voice.noMicrophone') });
      }
    },
    hold(moved) {
      held.current = moved !== null;
      if (now.current.is === 'recording') go({ ...now.current, held: moved });
    },
    async send() {
      const voice = await end();
      go({ is: 'idle' });
      if (voice) onSend(voice);
    },
  };
}

/** The button to press or to hold. Held it is slid aside to throw away what was said, and up to go on without holding. */
export function VoiceButton({ desk }: { desk: VoiceDesk }) {
  const t = useTexts('chat');
  const press = useRef<{ x: number; y: number; at: number } | null>(null);
  const { phase } = desk;
  const held = phase.is === 'recording' ? phase.held : null;

  function onPointerMove({ clientX, clientY }: PointerEvent) {
    const from = press.current;
    if (!from) return;
    // Towards the words, which stand before it.
    const isRightToLeft = document.dir === 'rtl';
    const x = Math.max(0, (from.x - clientX) * (isRightToLeft ? -1 : 1));
    const y = Math.max(0, from.y - clientY);
    if (x > slideToCancel) {
      press.current = null;
      desk.cancel();
    } else if (y > slideToLock) {
      press.current = null;
      desk.hold(null);
    } else desk.hold({ x, y });
  }

  function onPointerUp() {
    const from = press.current;
    press.current = null;
    if (!from) return;
    if (performance.now() - from.at < pressMs || phase.is !== 'recording') desk.hold(null);
    else void desk.finish();
  }

  return (
    <IconButton
      label={t('voice.record')}
      variant="primary"
      className={cx('touch-none select-none', held && 'scale-125')}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        press.current = { x: event.clientX, y: event.clientY, at: performance.now() };
        void desk.start(true);
      }}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={onPointerUp}
      onContextMenu={(event) => event.preventDefault()}
      onClick={(event) => {
        // By the keyboard, or by a screen reader: there was no pointer.
        if (event.detail === 0) void desk.start(false);
      }}
    >
      <Mic className="size-5" aria-hidden="true" />
    </IconButton>
  );
}

/** What stands in the composer while one records, and while one hears what was recorded. */
export function VoiceBar({ desk }: { desk: VoiceDesk }) {
  const t = useTexts('chat');
  const { phase, cancel } = desk;
  const bar = useRef<HTMLDivElement>(null);
  const isHeld = phase.is === 'recording' && phase.held !== null;
  const handsFree = phase.is === 'preview' || (phase.is === 'recording' && !isHeld);
  // Whoever goes by the keyboard goes on where they are.
  useEffect(() => {
    if (handsFree) bar.current?.querySelector<HTMLElement>('[data-first]')?.focus();
  }, [handsFree]);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div
      ref={bar}
      role="group"
      aria-label={t('voice.record')}
      className="flex min-h-11 min-w-0 grow items-center gap-2"
      onKeyDown={(event) => event.key === 'Escape' && cancel()}
    >
      {phase.is === 'asking' && <p className="grow px-3 text-ink-soft">{t('voice.asking')}</p>}
      {phase.is === 'recording' && (
        <>
          {!isHeld && (
            <IconButton label={t('voice.discard')} variant="ghost-danger" onClick={cancel}>
              <Trash2 className="size-5" aria-hidden="true" />
            </IconButton>
          )}
          <Live recording={phase.recording} onFull={() => void desk.finish()} />
          {phase.held ? (
            <span
              className="flex shrink-0 items-center gap-3 text-sm text-ink-soft"
              style={{ opacity: 1 - phase.held.x / slideToCancel, translate: `${-phase.held.x / 2}px 0` }}
            >
              <span className="flex items-center">
                <ChevronLeft className="size-4" aria-hidden="true" /> {t('voice.slide')}
              </span>
              <span className="grid justify-items-center" title={t('voice.lock')}>
                <ChevronUp className="size-3.5" aria-hidden="true" />
                <LockKeyhole className="size-4" aria-hidden="true" />
              </span>
            </span>
          ) : (
            <IconButton label={t('voice.stop')} variant="soft" data-first onClick={() => void desk.finish()}>
              <Square className="size-4 fill-current" aria-hidden="true" />
            </IconButton>
          )}
        </>
      )}
      {phase.is === 'preview' && (
        <>
          <IconButton label={t('voice.discard')} variant="ghost-danger" onClick={cancel}>
            <Trash2 className="size-5" aria-hidden="true" />
          </IconButton>
          <VoicePlayer url={phase.url} waveform={phase.voice.waveform} durationMs={phase.voice.durationMs} className="min-w-0 grow" />
        </>
      )}
      {handsFree && (
        <IconButton
          label={t('composer.send')}
          variant="primary"
          {...(phase.is === 'preview' && { 'data-first': true })}
          onClick={() => void desk.send()}
        >
          <SendHorizontal className="size-5" aria-hidden="true" />
        </IconButton>
      )}
    </div>
  );
}

/** How long it has been, and how loud it is now. */
function Live({ recording, onFull }: { recording: Recording; onFull(): void }) {
  const t = useTexts('chat');
  const { duration } = useFormats();
  const [elapsed, setElapsed] = useState(0);
  const full = useRef(onFull);
  useEffect(() => {
    full.current = onFull;
  });
  useEffect(() => {
    const timer = setInterval(() => {
      const now = recording.elapsedMs();
      setElapsed(now);
      if (now >= longestVoice) full.current();
    }, 100);
    return () => clearInterval(timer);
  }, [recording]);
  const levels = recording.levels.slice(-shownLevels);
  return (
    <>
      <span className="size-2.5 shrink-0 animate-pulse rounded-full bg-danger" aria-hidden="true" />
      <span role="timer" aria-label={t('voice.recording')} className="w-12 shrink-0 font-semibold tabular-nums">
        {duration(Math.floor(elapsed / 1000))}
      </span>
      <span className="flex h-8 min-w-0 grow items-center justify-end gap-px overflow-hidden text-heart-ink" aria-hidden="true">
        {levels.map((level, index) => (
          <span key={index} className="w-1 shrink-0 rounded-full bg-current" style={{ height: `${Math.max(10, level * 100)}%` }} />
        ))}
      </span>
    </>
  );
}
