import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import type { Database } from '@app/domain';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { openPostgres } from '../../src/adapters/postgres';
import { newDatabase } from '../rig/backend';

type Tx = Parameters<Parameters<Database['db']['transaction']>[0]>[0];

/** One connection: whatever is left on it meets who comes next. */
let database: Database;
let outside: Database;

beforeAll(async () => {
  const url = await newDatabase();
  database = await openPostgres(url, 1);
  outside = await openPostgres(url, 1);
  await outside.db.execute(sql`create table notes (text text not null)`);
});
afterAll(async () => {
  await database?.close();
  await outside?.close();
});

const rowsOf = async (db: Pick<Tx, 'execute'>, query: ReturnType<typeof sql>) => [...((await db.execute(query)) as unknown as object[])];

async function pidOf(tx: Tx): Promise<number> {
  const [found] = (await rowsOf(tx, sql`select pg_backend_pid() as pid`)) as { pid: number }[];
  return found?.pid ?? 0;
}

/** The server ends a connection, as it does with all of them when it is restarted. */
async function cut(pid: number): Promise<void> {
  await outside.db.execute(sql`select pg_terminate_backend(${pid}::int)`);
  await vi.waitFor(async () => expect(await rowsOf(outside.db, sql`select 1 from pg_stat_activity where pid = ${pid}::int`)).toEqual([]));
}

/** Something to wait for until it is said. */
function saying(): { said: Promise<void>; say(): void } {
  let say: (() => void) | undefined;
  const said = new Promise<void>((resolve) => {
    say = resolve;
  });
  return { said, say: () => say?.() };
}

/** As whoever asked hears that the connection is gone: the driver noticed, or the network said so first. */
const closed = { code: expect.stringMatching(/^(CONNECTION_CLOSED|ECONNRESET)$/) };

// What is thrown besides, by nobody's query, ends the process, and here the run of the tests.
describe('a transaction whose connection is cut', () => {
  it('in a query fails, and so do those sent with it', async () => {
    const task = database.db.transaction(async (tx) => {
      const pid = await pidOf(tx);
      const sent = [sql`select pg_sleep(30)`, sql`select 1`, sql`select 2`].map((query) => tx.execute(query));
      await cut(pid);
      for (const result of await Promise.allSettled(sent)) expect(result).toMatchObject({ status: 'rejected', reason: { cause: closed } });
      await Promise.all(sent);
    });
    await expect(task).rejects.toMatchObject({ cause: closed });
    expect(await rowsOf(database.db, sql`select 1 as one`)).toEqual([{ one: 1 }]);
  });

  it('between two queries does not go on in the transaction of another', async () => {
    const [isCut, isTold, goesOn] = [saying(), saying(), saying()];
    const dead = database.db.transaction(async (tx) => {
      await tx.execute(sql`insert into notes values ('of the dead')`);
      await cut(await pidOf(tx));
      isCut.say();
      await goesOn.said;
      await expect(tx.execute(sql`insert into notes values ('of the dead, later')`)).rejects.toMatchObject({ cause: closed });
      isTold.say();
    });
    const isDead = expect(dead).rejects.toMatchObject(closed);
    await isCut.said;
    const next = database.db.transaction(async (tx) => {
      await tx.execute(sql`insert into notes values ('of the next')`);
      goesOn.say();
      await isTold.said;
    });
    await Promise.all([isDead, next]);
    expect(await rowsOf(outside.db, sql`select text from notes`)).toEqual([{ text: 'of the next' }]);
  });
});

describe('the last statements of a transaction', () => {
  const texts = async () =>
    (await rowsOf(outside.db, sql`select text from notes order by text`)).map((row) => (row as { text: string }).text);
  const note = (text: string | null) => sql`insert into notes values (${text}) returning text`;

  it('are committed with it, and answer', async () => {
    await outside.db.execute(sql`delete from notes`);
    const ended = await database.transact(async (tx) => {
      await tx.execute(note('a'));
      return { value: 1, last: [note('b'), note('c')] };
    });
    expect(ended).toEqual({ value: 1, answers: [[{ text: 'b' }], [{ text: 'c' }]] });
    expect(await texts()).toEqual(['a', 'b', 'c']);
  });

  it('fail it where one of them fails, and nothing of it stays', async () => {
    const before = await texts();
    const task = database.transact(async (tx) => {
      await tx.execute(note('d'));
      return { value: 1, last: [note('e'), note(null), note('f')] };
    });
    await expect(task).rejects.toMatchObject({ cause: { code: '23502' } });
    expect(await texts()).toEqual(before);
    // The connection is as good as new.
    await database.transact(async () => ({ value: 1, last: [note('g')] }));
    expect(await texts()).toEqual([...before, 'g']);
  });

  it('are not taken for written where the task has kept to itself that something failed', async () => {
    const before = await texts();
    const task = database.transact(async (tx) => {
      await tx.execute(note(null)).catch(() => undefined);
      return { value: 1, last: [] };
    });
    await expect(task).rejects.toThrow('rolled back');
    expect(await texts()).toEqual(before);
  });

  it('are not sent where the task fails', async () => {
    const before = await texts();
    const task = database.transact<number>(async (tx) => {
      await tx.execute(note('h'));
      throw new Error('on purpose');
    });
    await expect(task).rejects.toThrow('on purpose');
    expect(await texts()).toEqual(before);
  });
});

describe('a connection that is cut while it begins, by a server that is gone then', () => {
  it.each([
    ['with a word', 'end'],
    ['without a word', 'resetAndDestroy'],
  ] as const)('%s fails what waits for it, and nothing else', async (_how, ends) => {
    const server = new URL(await newDatabase());
    const line = createServer((near) => {
      const far = connect(Number(server.port), server.hostname);
      for (const one of [near, far]) one.on('error', () => undefined);
      far.on('data', (answer) => near.write(answer));
      near.on('data', (question) => {
        // The first thing the driver asks by itself.
        if (!question.includes('pg_catalog.pg_type')) return far.write(question);
        line.close();
        far.destroy();
        near[ends]();
      });
    });
    line.listen(0, '127.0.0.1');
    await once(line, 'listening');
    const target = new URL(server);
    target.port = String((line.address() as AddressInfo).port);
    await expect(openPostgres(target.href, 1)).rejects.toMatchObject({ code: expect.stringMatching(/^ECONN/) });
    expect(line.listening).toBe(false);
  });
});
