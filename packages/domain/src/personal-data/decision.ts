import type { PgColumn, PgTable } from 'drizzle-orm/pg-core';
import type { Work } from '../pipeline/context';

/** One thing that a copy says: a row, as plain JSON. */
export type Exported = Readonly<Record<string, unknown>>;

/** Where the next batch of a section begins: the keys of the last row before it. */
export type After = readonly (string | number)[] | null;

export interface Batch {
  readonly items: readonly Exported[];
  /** The keys of the last one; null where there are no more. */
  readonly after: After;
}

/** What a copy says of one thing that is held about someone, read in batches. */
export interface Section {
  /** Its name in the document. */
  readonly name: string;
  readonly read: (work: Work, userId: string, after: After, limit: number) => Promise<Batch>;
}

/**
 * What is done about someone with one table. There is one for every table, or it does not compile: whoever makes a table
 * decides it here.
 */
export interface TableDecision {
  readonly table: PgTable;
  /** Every column that refers to an account. */
  readonly people: readonly PgColumn[];
  readonly erasure: /** Rows that bear the person in one of these columns go. `first`: what has to go before them, outside of the database. */
    | { readonly deleteBy: readonly PgColumn[]; readonly first?: (work: Work, userId: string) => Promise<void> }
    /** Takes away what is to go, at most so many rows, and answers how many there were. `stays`: why rows stay, without what went. */
    | { readonly takeAway: (work: Work, userId: string, limit: number) => Promise<number>; readonly stays?: string }
    /** Rows stay, for this reason. */
    | { readonly keep: string };
  readonly copy: Section | { readonly leftOut: string };
}
