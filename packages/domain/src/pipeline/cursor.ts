import * as z from 'zod';
import { fromBase64Url, toBase64Url } from '../encoding';
import type { Context } from './context';

/**
 * Cursors of one list: where its next page begins, as the values of its sort key. Opaque to callers; one that this list
 * did not give out is refused with `INVALID_CURSOR`.
 */
export interface Cursors<Key> {
  encode(key: Key): string;
  decode(context: Context<'INVALID_CURSOR', unknown>, cursor: string | undefined): Key | undefined;
}

/** A moment in a sort key. A forged one outside what PostgreSQL can compare with is refused like any other. */
export const MomentKey = z.iso.datetime().refine((text) => !text.startsWith('0000'));

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** `list` names the list, so that a cursor of another one is refused. */
export function cursors<Key>(list: string, key: z.ZodType<Key>): Cursors<Key> {
  const schema = z.tuple([z.literal(list), key]);
  return {
    encode: (value) => toBase64Url(encoder.encode(JSON.stringify([list, value]))),
    decode(context, cursor) {
      if (cursor === undefined) return undefined;
      const bytes = fromBase64Url(cursor);
      if (bytes === undefined) throw context.fail('INVALID_CURSOR');
      const parsed = schema.safeParse(jsonOf(decoder.decode(bytes)));
      if (!parsed.success) throw context.fail('INVALID_CURSOR');
      return parsed.data[1];
    },
  };
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

/** Cuts a page out of rows that were read with one more than its limit, and says where the next begins. */
export function pageOf<Row, Key>(found: readonly Row[], limit: number, list: Cursors<Key>, keyOf: (row: Row) => Key) {
  const kept = found.slice(0, limit);
  const last = kept.at(-1);
  return { rows: kept, nextCursor: found.length > limit && last !== undefined ? list.encode(keyOf(last)) : null };
}
