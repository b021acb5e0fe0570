import type { MediaToSend } from '@app/api-client';

/** The picture before a video is as large as the largest that is shown. In pixels. */
const posterSide = 1080;

/** Resolves once an element has said what there is to know, or that it cannot; never later than the patience of whoever has chosen it. */
function heard(element: HTMLElement, event: string, patienceMs = 4_000): Promise<void> {
  return new Promise((resolve) => {
    for (const name of [event, 'error']) element.addEventListener(name, () => resolve(), { once: true });
    setTimeout(resolve, patienceMs);
  });
}

async function ofImage(file: File, address: string): Promise<MediaToSend> {
  const image = new Image();
  image.src = address;
  if (!image.complete) await heard(image, 'load');
  const { naturalWidth: width, naturalHeight: height } = image;
  return { kind: 'image', file, ...(width > 0 && { width, height }) };
}

/** A picture of what the video shows first. */
async function posterOf(video: HTMLVideoElement): Promise<Blob | undefined> {
  const scale = Math.min(1, posterSide / Math.max(video.videoWidth, video.videoHeight));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  canvas.getContext('2d')?.drawImage(video, 0, 0, canvas.width, canvas.height);
  const picture = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.85));
  return picture ?? undefined;
}

async function ofVideo(file: File, address: string): Promise<MediaToSend> {
  const video = document.createElement('video');
  video.muted = true;
  video.playsInline = true;
  video.preload = 'auto';
  video.src = address;
  await heard(video, 'loadeddata');
  const { videoWidth: width, videoHeight: height, duration } = video;
  if (width === 0) return { kind: 'video', file };
  const poster = await posterOf(video);
  const durationMs = Number.isFinite(duration) ? Math.round(duration * 1000) : undefined;
  return { kind: 'video', file, width, height, ...(poster && { poster }), ...(durationMs && { durationMs }) };
}

/** What there is to know here of a file that somebody wants to send; the service finds out by itself what it is. */
export async function readMedia(file: File): Promise<MediaToSend> {
  const address = URL.createObjectURL(file);
  try {
    if (file.type.startsWith('audio/')) return { kind: 'audio', file };
    return await (file.type.startsWith('video/') ? ofVideo(file, address) : ofImage(file, address));
  } finally {
    URL.revokeObjectURL(address);
  }
}
