import type { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { openFreshDatabase } from './empty-database';

let client: PGlite;
beforeAll(async () => {
  ({ client } = await openFreshDatabase());
});
beforeEach(async () => {
  await client.exec(
    'drop table if exists things; create table things (n int primary key, word text, good boolean, bytes bytea, at timestamptz)',
  );
});
afterAll(() => client.close());

const words = async () => (await client.query<{ word: string }>('select word from things order by n')).rows.map(({ word }) => word);
const put = (n: number, word: string | null) => client.query('insert into things (n, word) values ($1, $2)', [n, word]);
const prepared = async () =>
  (await client.query<{ statement: string }>('select statement from pg_prepared_statements')).rows.map(({ statement }) => statement);

describe('the embedded database', () => {
  it('takes and gives values of each kind, the first time and again', async () => {
    const all = 'insert into things values ($1, $2, $3, $4, $5)';
    const at = '2026-01-15T12:00:00.000Z';
    for (const n of [1, 2]) await client.query(all, [n, 'a "word", \\ and é', n === 1, new Uint8Array([0, 255, n]), new Date(at)]);
    await client.query(all, [3, null, null, null, null]);
    const read = 'select n, word, good, bytes, at from things where n = $1';
    for (const n of [1, 2]) {
      expect((await client.query(read, [n])).rows).toEqual([
        { n, word: 'a "word", \\ and é', good: n === 1, bytes: new Uint8Array([0, 255, n]), at: new Date(at) },
      ]);
    }
    expect((await client.query(read, [3], { rowMode: 'array' })).rows).toEqual([[3, null, null, null, null]]);
    expect(await client.query('update things set word = $1', ['same'])).toMatchObject({ affectedRows: 3, rows: [] });
  });

  it('plans a query once, however often it is asked', async () => {
    for (let n = 0; n < 5; n += 1) await put(n, 'x');
    const text = 'insert into things (n, word) values ($1, $2)';
    expect((await prepared()).filter((statement) => statement === text)).toHaveLength(1);
  });

  it('goes on after a query that failed, and says which constraint it broke', async () => {
    await put(1, 'one');
    await expect(put(1, 'another')).rejects.toMatchObject({ code: '23505', constraint: 'things_pkey' });
    await put(2, 'two');
    await expect(client.query('select nothing from things')).rejects.toMatchObject({ code: '42703' });
    expect(await words()).toEqual(['one', 'two']);
  });

  it('answers anew once a table is another than when it was asked before', async () => {
    await put(1, 'one');
    const all = 'select * from things';
    expect((await client.query(all)).fields).toHaveLength(5);
    await client.exec('alter table things drop column at');
    // PostgreSQL refuses the plan that it has; what is asked next is planned for the table as it is.
    await client.query(all).catch((error: unknown) => expect(error).toMatchObject({ code: '0A000' }));
    expect((await client.query(all)).fields).toHaveLength(4);
  });

  it('undoes a transaction whole, and lets nobody else in between', async () => {
    const failed = client.transaction(async (tx) => {
      await tx.query('insert into things (n, word) values ($1, $2)', [1, 'undone']);
      throw new Error('no');
    });
    const done = client.transaction(async (tx) => {
      for (const n of [2, 3]) await tx.query('insert into things (n, word) values ($1, $2)', [n, 'kept']);
      return (await tx.query<{ many: number }>('select count(*)::int as many from things')).rows[0]?.many;
    });
    const beside = put(4, 'beside');
    await expect(failed).rejects.toThrow('no');
    expect(await done).toBe(2);
    await beside;
    expect(await words()).toEqual(['kept', 'kept', 'beside']);
  });
});
