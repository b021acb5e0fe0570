import * as z from 'zod';
import { Id } from './primitives';
import { samplePhoto } from './samples';

/** How many photos a profile has at most. */
export const maxPhotos = 9;

/** The sizes in which every photo is kept: it fits into this many pixels, and is never made larger than it was. */
export const photoSizes = {
  small: { width: 160, height: 213 },
  medium: { width: 480, height: 640 },
  large: { width: 1080, height: 1440 },
} as const;

/** The names of the sizes, the smallest first. */
export type PhotoSize = keyof typeof photoSizes;

const url = (size: PhotoSize) =>
  z.string().meta({
    description: `Fits into ${photoSizes[size].width} × ${photoSizes[size].height} pixels. What is there never changes: keep it as long as you like.`,
    examples: [samplePhoto.urls[size]],
  });

/** A photo as others see it. */
export const Photo = z
  .object({
    id: Id.meta({ examples: [samplePhoto.id] }),
    width: z.int().meta({ description: 'Of the large one, in pixels.', examples: [samplePhoto.width] }),
    height: z.int().meta({ description: 'Of the large one, in pixels.', examples: [samplePhoto.height] }),
    color: z.string().meta({ description: 'What it looks like from afar: to show while it loads.', examples: [samplePhoto.color] }),
    urls: z.object({ small: url('small'), medium: url('medium'), large: url('large') }).meta({ description: 'Where to load it from.' }),
  })
  .meta({ id: 'Photo', description: 'A photo as others see it.' });
export interface Photo extends z.infer<typeof Photo> {}
