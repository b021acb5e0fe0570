import { useEffect, useRef, useState } from 'react';

interface StreamVideoProps {
  stream: MediaStream | null;
  label: string;
  /** One's own sound is not played back. */
  muted?: boolean;
  className?: string;
}

export function StreamVideo({ stream, label, muted = false, className }: StreamVideoProps) {
  const video = useRef<HTMLVideoElement>(null);
  useEffect(() => {
    if (video.current && video.current.srcObject !== stream) video.current.srcObject = stream;
  }, [stream]);
  return <video ref={video} aria-label={label} autoPlay playsInline muted={muted} className={className} />;
}

/** The sound of a call without a picture. */
export function StreamAudio({ stream }: { stream: MediaStream | null }) {
  const audio = useRef<HTMLAudioElement>(null);
  useEffect(() => {
    if (audio.current && audio.current.srcObject !== stream) audio.current.srcObject = stream;
  }, [stream]);
  // biome-ignore lint/a11y/useMediaCaption: what people say to each other now has no captions
  return <audio ref={audio} autoPlay />;
}

/** Whether a stream brings a picture now. */
export function useHasPicture(stream: MediaStream | null): boolean {
  const [has, setHas] = useState(false);
  useEffect(() => {
    if (!stream) return setHas(false);
    const tracks = stream.getVideoTracks();
    const look = () => setHas(stream.getVideoTracks().some(({ muted, readyState }) => !muted && readyState === 'live'));
    look();
    const happenings = ['mute', 'unmute', 'ended'] as const;
    for (const track of tracks) for (const happening of happenings) track.addEventListener(happening, look);
    stream.addEventListener('addtrack', look);
    stream.addEventListener('removetrack', look);
    return () => {
      for (const track of tracks) for (const happening of happenings) track.removeEventListener(happening, look);
      stream.removeEventListener('addtrack', look);
      stream.removeEventListener('removetrack', look);
    };
  }, [stream]);
  return has;
}
