import type { UseCallResult } from '@app/api-client/react';
import { Minimize2 } from 'lucide-react';
import { Dialog } from 'radix-ui';
import { IconButton } from '../../design/button';
import { cx } from '../../design/cx';
import { Portrait, type Portrayed, paletteOf } from '../../design/portrait/portrait';
import type { TextsOf } from '../../language/spoken';
import { duration } from '../../language/time';
import { useTexts } from '../../language/use-texts';
import { CallControls } from './call-controls';
import { endText } from './call-texts';
import { StatePicture } from './state-picture';
import { StreamAudio, StreamVideo, useHasPicture } from './stream-video';

/** Everything the screens of a call show. */
export interface CallView extends UseCallResult {
  me: Portrayed;
  other: Portrayed;
  isCaller: boolean;
  isVideo: boolean;
  /** Seconds since the two could hear each other. */
  elapsed: number;
}

/** Where the call stands, in a word or two. */
export function statusText({ state, isVideo, elapsed }: CallView, t: TextsOf<'calls'>): string {
  switch (state) {
    case 'incoming':
      return t(isVideo ? 'status.video' : 'status.audio');
    case 'outgoing':
      return t('status.ringing');
    case 'connecting':
      return t('status.connecting');
    case 'reconnecting':
      return t('status.reconnecting');
    case 'connected':
      return duration(elapsed);
    default:
      return '';
  }
}

function titleText({ state, other }: CallView, t: TextsOf<'calls'>): string {
  if (state === 'incoming') return t('isCalling', { name: other.displayName });
  if (state === 'outgoing') return t('calling', { name: other.displayName });
  return other.displayName;
}

export function CallScreen({ view, onSmall }: { view: CallView; onSmall: (() => void) | undefined }) {
  const t = useTexts('calls');
  const { state, other, me, isVideo, localStream, remoteStream, isCameraOff } = view;
  const hasPicture = useHasPicture(remoteStream);
  const isLive = state === 'connecting' || state === 'connected' || state === 'reconnecting';
  const showsPicture = isVideo && isLive && hasPicture;
  const ending = state === 'ended' ? endText({ ...view, reason: view.endReason, name: other.displayName }, t) : null;
  return (
    <div className="safe-top safe-bottom relative isolate flex size-full flex-col">
      <Backdrop person={other} />
      {isVideo && isLive && (
        <StreamVideo
          stream={remoteStream}
          label={t('remoteVideo')}
          className={cx(
            'absolute inset-0 -z-10 size-full bg-night object-cover transition-opacity duration-500',
            !showsPicture && 'opacity-0',
          )}
        />
      )}
      {!isVideo && isLive && <StreamAudio stream={remoteStream} />}
      {showsPicture && <div className="absolute inset-0 -z-10 bg-linear-to-b from-night/65 via-transparent to-night/75" />}

      <header className="flex items-start justify-between gap-3 p-4 sm:p-6">
        <div className={cx('min-w-0 transition-opacity', !showsPicture && 'invisible')}>
          <p className="truncate font-display text-xl font-bold">{other.displayName}</p>
          <p className="tabular-nums text-white/85">{statusText(view, t)}</p>
        </div>
        {onSmall && (
          <IconButton label={t('controls.minimize')} variant="glass" onClick={onSmall}>
            <Minimize2 className="size-5" aria-hidden="true" />
          </IconButton>
        )}
      </header>

      <div className="flex min-h-0 grow flex-col items-center justify-center gap-8 px-6 text-center">
        {!showsPicture && <StatePicture phase={state} me={me} other={other} />}
        <div className={cx('grid gap-1.5', showsPicture && 'sr-only')}>
          <Dialog.Title className="text-3xl font-extrabold sm:text-4xl">{ending ? ending.title : titleText(view, t)}</Dialog.Title>
          <p className="min-h-7 text-lg text-white/85 tabular-nums" aria-live={state === 'connected' ? 'off' : 'polite'}>
            {ending ? ending.hint : statusText(view, t)}
          </p>
        </div>
      </div>

      {isVideo && state !== 'ended' && state !== 'incoming' && (
        <div className="absolute top-20 right-4 aspect-[3/4] w-[clamp(5.5rem,26vw,10rem)] overflow-hidden rounded-2xl border-2 border-white/70 bg-night shadow-float sm:right-6 lg:top-auto lg:bottom-8 lg:w-52">
          {isCameraOff || !localStream ? (
            <Portrait person={me} />
          ) : (
            <StreamVideo stream={localStream} label={t('yourVideo')} muted className="size-full -scale-x-100 object-cover" />
          )}
        </div>
      )}
      <CallControls view={view} canCallAgain={ending?.again ?? false} />
    </div>
  );
}

/** The colours of their picture, dim: enough to tell who it is, dark enough to read on. */
function Backdrop({ person }: { person: Portrayed }) {
  const { deep, layers } = paletteOf(person.id);
  const glow = (place: string, color: string) => `radial-gradient(90% 65% at ${place}, ${color}, transparent 70%)`;
  return (
    <div
      aria-hidden="true"
      className="absolute inset-0 -z-20 after:absolute after:inset-0 after:bg-night/35"
      style={{ background: `${glow('85% 0%', layers[0])}, ${glow('0% 100%', layers[1])}, ${deep}` }}
    />
  );
}
