import { Maximize2, PhoneOff } from 'lucide-react';
import { IconButton } from '../../design/button';
import { Avatar } from '../../design/portrait/portrait';
import { useTexts } from '../../language/use-texts';
import { type CallView, statusText } from './call-screen';
import { StreamAudio, StreamVideo, useHasPicture } from './stream-video';

/** A call in the corner, so that one can look something up meanwhile. */
export function MiniCall({ view, onOpen }: { view: CallView; onOpen(): void }) {
  const t = useTexts('calls');
  const { other, isVideo, remoteStream, hangUp } = view;
  const hasPicture = useHasPicture(remoteStream);
  return (
    <section
      aria-label={t('callWith', { name: other.displayName })}
      className="fixed top-[calc(4.5rem+env(safe-area-inset-top))] right-3 z-[60] w-[min(20rem,calc(100vw-1.5rem))] animate-rise overflow-hidden rounded-3xl bg-night text-white shadow-float lg:top-20 lg:right-6"
    >
      {isVideo ? (
        <StreamVideo
          stream={remoteStream}
          label={t('remoteVideo')}
          className={hasPicture ? 'aspect-video w-full bg-black object-cover' : 'hidden'}
        />
      ) : (
        <StreamAudio stream={remoteStream} />
      )}
      <div className="flex items-center gap-3 p-3">
        <Avatar person={other} className="size-9" />
        <div className="min-w-0 grow">
          <p className="truncate font-semibold">{other.displayName}</p>
          <p className="text-sm text-white/80 tabular-nums">{statusText(view, t)}</p>
        </div>
        <IconButton label={t('controls.open')} variant="glass" onClick={onOpen}>
          <Maximize2 className="size-5" aria-hidden="true" />
        </IconButton>
        <IconButton label={t('controls.hangUp')} className="bg-[#e0332f]! text-white" onClick={() => void hangUp()}>
          <PhoneOff className="size-5" aria-hidden="true" />
        </IconButton>
      </div>
    </section>
  );
}
