import * as z from 'zod';
import { endpoint } from './core/endpoint';
import { maxPhotoPixels, photoUpload } from './own-photos';
import { Id } from './primitives';
import { sampleIds, sampleMedia } from './samples';

const MiB = 1024 * 1024;

/** What can be sent in a message beside words. */
export const MediaKind = z.enum(['image', 'audio', 'video', 'encrypted']).meta({
  id: 'MediaKind',
  description: 'What a file is. Its bytes decide that; of an `encrypted` one the service knows no more, and devices that open it do.',
  examples: ['image'],
});
export type MediaKind = z.infer<typeof MediaKind>;

/** What can be seen or heard as it is. */
export type OpenMediaKind = Exclude<MediaKind, 'encrypted'>;
/** What runs for a while. */
export type ClipKind = Exclude<OpenMediaKind, 'image'>;

/** The largest file of each kind, in bytes. An encrypted one may be any of the others. */
export const mediaBytes: Readonly<Record<MediaKind, number>> = {
  image: photoUpload.maxBytes,
  audio: 16 * MiB,
  video: 64 * MiB,
  encrypted: 64 * MiB,
};

/** The longest clip of each kind, and width times height of the largest video. */
export const clipLimits = { audio: { maxSeconds: 3_600 }, video: { maxSeconds: 600, maxPixels: 4_096 * 2_304 } } as const;

/** What may be uploaded to be sent. */
export const mediaUpload = {
  maxBytes: mediaBytes.video,
  types: [
    ...photoUpload.types,
    'audio/mp4',
    'audio/webm',
    'audio/ogg',
    'audio/mpeg',
    'audio/wav',
    'video/mp4',
    'video/webm',
    'video/quicktime',
  ],
} as const;

/** So many steps a waveform has at most, and so high is each. */
export const maxWaveformSteps = 64;
export const maxWaveformHeight = 100;

/** After so long what was uploaded and never sent is gone. */
export const unusedMediaHours = 24;

/** For at least so long a link to a file leads there. */
export const mediaLinkMinutes = 60;

/** Of so many messages the links can be asked for at once. */
export const maxLinksAsked = 50;

const MediaId = Id.meta({ examples: [sampleIds.media] });

/** A file that is sent in a message: what there is to know of it before it is loaded. */
export const Media = z
  .object({
    id: MediaId,
    kind: MediaKind,
    contentType: z.string().meta({ description: 'What it is served as.', examples: [sampleMedia.contentType] }),
    size: z.int().meta({ description: 'Of what is loaded to show or play it, in bytes.', examples: [sampleMedia.size] }),
    width: z
      .int()
      .nullable()
      .meta({ description: 'As it is shown, in pixels; null of audio, and where it is encrypted.', examples: [sampleMedia.width] }),
    height: z
      .int()
      .nullable()
      .meta({ description: 'As it is shown, in pixels; null of audio, and where it is encrypted.', examples: [sampleMedia.height] }),
    durationMs: z
      .int()
      .nullable()
      .meta({ description: 'How long it runs; null of an image, and where it is encrypted.', examples: [null] }),
    codecs: z
      .array(z.string())
      .meta({ description: 'Of its picture, then of its sound, as players are asked whether they know them.', examples: [[]] }),
    color: z
      .string()
      .nullable()
      .meta({
        description: 'What the image, or the picture of a video, looks like from afar; null where there is none.',
        examples: [sampleMedia.color],
      }),
    hasPicture: z.boolean().meta({ description: 'Whether there is a picture to show: of an image always.', examples: [true] }),
    waveform: z
      .array(z.int())
      .nullable()
      .meta({
        description: `How loud audio is from its beginning to its end, at most ${maxWaveformSteps} steps from 0 to ${maxWaveformHeight}; null where its sender did not say.`,
        examples: [null],
      }),
  })
  .meta({ id: 'Media', description: 'A file that is sent in a message.' });
export interface Media extends z.infer<typeof Media> {}

const base64url = (bytes: number) => z.string().regex(new RegExp(`^[\\w-]{${Math.ceil((bytes * 4) / 3)}}$`));

/** What opens a file that a device has encrypted. */
export const FileKey = z
  .strictObject({
    algorithm: z.literal('aes-256-ctr').meta({ description: 'How it is encrypted.', examples: ['aes-256-ctr'] }),
    key: base64url(32).meta({ description: '32 bytes, in base64url.', examples: ['aWF6-32KGYaC3A_FEUCk1Bt0JA37zP0wrStgmdCaW-0'] }),
    iv: base64url(16).meta({
      description: 'The first block of the counter: 16 bytes, in base64url.',
      examples: ['w-sE15fzSc0AAAAAAAAAAA'],
    }),
  })
  .meta({ id: 'FileKey', description: 'What opens a file that a device has encrypted. It is of that file alone.' });
export interface FileKey extends z.infer<typeof FileKey> {}

const link = (description: string, size: string) =>
  z.string().meta({
    description,
    examples: [
      `https://api.example.com/media/messages/${sampleIds.media}/${size}.webp?expires=1768478400&signature=4jXb0l0t5XbQ6bW1kP9wYb3m2g`,
    ],
  });

/** Where the file of a message is, for a while. */
export const MediaLink = z
  .object({
    messageId: Id.meta({ examples: [sampleIds.message] }),
    mediaId: MediaId,
    url: link('Where to load it from.', 'large'),
    encrypted: z
      .boolean()
      .meta({ description: 'Whether what is there is encrypted, the picture as well: a device has to open it.', examples: [false] }),
    picture: z
      .object({ small: link('The smallest.', 'small'), medium: link('Larger.', 'medium'), large: link('The largest.', 'large') })
      .nullable()
      .meta({
        description:
          'Of an image, or of a video that has one, in three sizes; null where there is none. Of what is encrypted it is encrypted as well, and the same in each: only devices can make others.',
      }),
    expiresAt: z.iso
      .datetime()
      .meta({ description: 'Until when these lead there. Ask again before.', examples: ['2026-01-15T12:00:00.000Z'] }),
  })
  .meta({ id: 'MediaLink', description: 'Where the file of a message is, for a while.' });
export interface MediaLink extends z.infer<typeof MediaLink> {}

export const media = {
  upload: endpoint({
    method: 'POST',
    path: '/media',
    summary: 'Upload an image, audio or a video, or what is encrypted of one, to send it in messages.',
    description:
      'What counts is what the bytes are, not what the file is called. Images are made into fixed sizes; of audio and video the picture and ' +
      'the sound go on and nothing else: where and when it was made is not kept. ' +
      `An image takes ${mediaBytes.image / MiB} MiB and ${maxPhotoPixels / 1_000_000} megapixels at most, ` +
      `audio ${mediaBytes.audio / MiB} MiB and ${clipLimits.audio.maxSeconds / 60} minutes, ` +
      `a video ${mediaBytes.video / MiB} MiB and ${clipLimits.video.maxSeconds / 60} minutes. ` +
      `What is encrypted is taken as it is, up to ${mediaBytes.encrypted / MiB} MiB, and goes into encrypted conversations alone. ` +
      `What is not sent within ${unusedMediaHours} hours is gone.`,
    access: 'user',
    query: {
      as: z
        .literal('encrypted')
        .optional()
        .meta({ description: 'A device has encrypted it: nothing is looked at, and nothing is made of it.', examples: [undefined] }),
      posterId: MediaId.optional().meta({
        description:
          'Of a video: an image of yours, uploaded before, that is shown until it plays. Of what is encrypted: an encrypted picture of it.',
        examples: [undefined],
      }),
      waveform: z
        .string()
        .max(maxWaveformSteps * 4)
        .regex(/^\d{1,3}(,\d{1,3})*$/)
        .optional()
        .meta({
          description: `Of audio: how loud it is from its beginning to its end, at most ${maxWaveformSteps} numbers from 0 to ${maxWaveformHeight}, with commas.`,
          examples: ['3,18,42,60,31,8'],
        }),
    },
    upload: mediaUpload,
    output: Media,
    errors: ['FILE_TYPE_NOT_ALLOWED', 'IMAGE_UNREADABLE', 'IMAGE_TOO_LARGE', 'MEDIA_UNREADABLE', 'MEDIA_TOO_LONG', 'MEDIA_NOT_FOUND'],
    limit: { max: 120, windowSeconds: 3600, by: ['user'] },
  }),
};
