import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';

/** More words than these make nothing clearer. */
const mostWords = 10;

/** What is looked for, without regard to case: each word, or one that begins with it. */
export interface Words {
  /** As they are written, letters and digits alone. */
  readonly written: readonly string[];
  /** As the database is asked for all of them. */
  readonly query: string;
}

/** Undefined where there is no word in it. */
export function wordsOf(text: string): Words | undefined {
  const written = text.match(/[\p{L}\p{M}\p{N}]+/gu)?.slice(0, mostWords);
  return written && { written, query: written.map((word) => `'${word}':*`).join(' & ') };
}

/** Where PostgreSQL would see an address, a tag or a signed number as a whole: they are found by the words in them. */
const parting = sql.raw("'./@_-<>&~+', '          '");

/**
 * Whether a text has these words, as a condition of a query. PostgreSQL's full text decides it, of those texts alone in which the words stand at all: to
 * see that takes a tenth of the time. It is one expression, of which the planner knows nothing and takes it to hold for every other
 * message: so it walks from the newest on and stops where there is enough, instead of reading all there is to sort it.
 */
export function hasWords(text: SQLWrapper, { written, query }: Words): SQL {
  const stand = sql.join(
    written.map((word) => sql`${text} ~* ${word}`),
    sql` and `,
  );
  return sql`case when ${stand} then to_tsvector('simple', translate(${text}, ${parting})) @@ to_tsquery('simple', ${query}) else false end`;
}
