import { Mic, MicOff, Phone, PhoneOff, RotateCcw, Video, VideoOff, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../design/cx';
import { useTexts } from '../../language/use-texts';
import type { CallView } from './call-screen';

const tones = {
  // No blur: behind it a video runs, and blurring each frame of that is dear.
  glass: 'bg-[#4a3f46]/80 hoverable:hover:bg-[#5e525a]/90 text-white',
  on: 'bg-white text-night',
  hangUp: 'bg-[#e0332f] text-white hoverable:hover:bg-[#c92622]',
  accept: 'bg-[#0f8a5f] text-white hoverable:hover:bg-[#0c7550]',
} as const;

interface ControlProps {
  label: string;
  tone: keyof typeof tones;
  onClick(): void;
  children: ReactNode;
  /** Rings and wants to be pressed. */
  eager?: boolean;
}

function Control({ label, tone, onClick, children, eager }: ControlProps) {
  return (
    <button
      type="button"
      onClick={onClick}
      className="group grid w-20 justify-items-center gap-2 rounded-2xl py-1 text-sm font-semibold text-white focus-visible:outline-white"
    >
      <span
        className={cx(
          'grid size-16 place-items-center rounded-full shadow-float transition-[background-color,scale] group-active:scale-90 [&>svg]:size-7',
          tones[tone],
          eager && 'animate-[beat_1.3s_ease-in-out_infinite]',
        )}
      >
        {children}
      </span>
      {label}
    </button>
  );
}

/** What one can do with a call, as it stands. */
export function CallControls({ view, canCallAgain }: { view: CallView; canCallAgain: boolean }) {
  const t = useTexts('calls');
  const words = useTexts('words');
  const { state, isVideo, isMuted, isCameraOff, accept, reject, hangUp, toggleMute, toggleCamera, dismiss, start, other } = view;
  if (state === 'incoming') {
    return (
      <Row wide>
        <Control label={t('controls.decline')} tone="hangUp" onClick={() => void reject()}>
          <PhoneOff />
        </Control>
        <Control label={t('controls.accept')} tone="accept" eager onClick={() => void accept()}>
          {isVideo ? <Video /> : <Phone />}
        </Control>
      </Row>
    );
  }
  if (state === 'ended') {
    return (
      <Row wide>
        <Control label={words('close')} tone="glass" onClick={dismiss}>
          <X />
        </Control>
        {canCallAgain && (
          <Control label={t('controls.callAgain')} tone="accept" onClick={() => void start(other.id, isVideo ? 'video' : 'audio')}>
            <RotateCcw />
          </Control>
        )}
      </Row>
    );
  }
  return (
    <Row>
      <Control label={t(isMuted ? 'controls.unmute' : 'controls.mute')} tone={isMuted ? 'on' : 'glass'} onClick={toggleMute}>
        {isMuted ? <MicOff /> : <Mic />}
      </Control>
      {isVideo && (
        <Control
          label={t(isCameraOff ? 'controls.cameraOn' : 'controls.cameraOff')}
          tone={isCameraOff ? 'on' : 'glass'}
          onClick={toggleCamera}
        >
          {isCameraOff ? <VideoOff /> : <Video />}
        </Control>
      )}
      <Control label={t('controls.hangUp')} tone="hangUp" onClick={() => void hangUp()}>
        <PhoneOff />
      </Control>
    </Row>
  );
}

function Row({ wide, children }: { wide?: boolean; children: ReactNode }) {
  return <div className={cx('flex items-start justify-center px-4 pt-4 pb-8', wide ? 'gap-16' : 'gap-4 sm:gap-8')}>{children}</div>;
}
