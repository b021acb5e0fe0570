import * as z from 'zod';
import type { Schema } from './core/schema';
import { sampleIds } from './samples';

/** UUIDv7: unique, and sorted by the time it was made. Taken in either case, kept in lower case. */
export const Id = z
  .uuidv7()
  .toLowerCase()
  .meta({ description: 'A UUIDv7.', examples: [sampleIds.ben] });

/** An ISO 8601 time in UTC with milliseconds. */
export const Timestamp = z.iso.datetime().meta({ description: 'ISO 8601, UTC.', examples: ['2026-01-15T10:30:00.000Z'] });

/** A calendar day, `YYYY-MM-DD`. */
export const Day = z.iso.date().meta({ description: 'A calendar day.', examples: ['1996-04-23'] });

/** A made-up place on a timeline that a client chooses: any UUID. Phones that write them in upper case get them back in lower case. */
export const ClientId = z
  .uuid()
  .toLowerCase()
  .meta({
    description: 'Made by the client, once for each thing it sends. Sending twice answers with the first.',
    examples: [sampleIds.clientMessage],
  });

/** Where a page of a list begins, and how long it is. */
export const pageFields = {
  cursor: z
    .string()
    .max(512)
    .optional()
    .meta({ description: '`nextCursor` of the page before; left out for the first page.', examples: [undefined] }),
  limit: z
    .int()
    .min(1)
    .max(100)
    .default(20)
    .meta({ description: 'Items a page.', examples: [20] }),
};

/** A page of a list. `nextCursor` is null on the last page. */
export function page<Item extends Schema & z.core.$ZodType>(item: Item) {
  return z.object({
    items: z.array(item).meta({ description: 'In the order of the list; empty where there is nothing.' }),
    nextCursor: z
      .string()
      .nullable()
      .meta({ description: 'Give it as `cursor` for the next page; null at the end.', examples: [null] }),
  });
}

/** The answer of an endpoint that has nothing to tell but that it was done. */
export const Done = z
  .object({ done: z.literal(true).meta({ examples: [true] }) })
  .meta({ id: 'Done', description: 'It is done; there is nothing to tell.' });
export interface Done extends z.infer<typeof Done> {}

/** The one value of `Done`. */
export const done: Done = { done: true };
