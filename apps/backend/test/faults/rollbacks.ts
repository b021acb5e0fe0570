import { setTimeout as pause } from 'node:timers/promises';
import type { Sql } from 'postgres';

/** Has transactions end in a rollback, as they do on a server that has too much to do or is looked after. */
export interface Rollbacks {
  /** For a while this share of all transactions that write a message takes its time to commit; half of those are rolled back in the end. */
  failCommits(share: number, forMs: number): Promise<void>;
  /** Locks the logs of this share of the people: who writes to them waits, longer than is allowed. */
  lockLogs(share: number, forMs: number): Promise<void>;
  /** As an administrator does it. Answers how many connections were ended. */
  killBackends(share: number): Promise<number>;
}

/** An operator's limits: whoever waits longer is rolled back. */
const lockTimeoutMs = 1_000;
const statementTimeoutMs = 5_000;
/** Long enough for everybody to hear of what they must not hear of yet. */
const slowestCommitMs = 400;
const fastestCommitMs = 100;

/**
 * Prepares a database whose replicas are not started yet. A commit is made slow, and fails, in what PostgreSQL does last in it: a deferred
 * constraint. Who was told before that was told of what never was.
 */
export async function prepareRollbacks(sql: Sql): Promise<Rollbacks> {
  await sql.unsafe(`
    create schema faults;
    create table faults.commits (share float8 not null);
    insert into faults.commits values (0);
    create function faults.commit() returns trigger language plpgsql as $$
    begin
      if random() >= (select share from faults.commits) then return null; end if;
      perform pg_sleep((${fastestCommitMs} + random() * ${slowestCommitMs - fastestCommitMs}) / 1000);
      if random() < 0.25 then raise exception 'a conflict' using errcode = 'serialization_failure'; end if;
      if random() < 0.33 then raise exception 'a timeout' using errcode = 'query_canceled'; end if;
      return null;
    end $$;
    create constraint trigger commits_fail after insert on messages deferrable initially deferred for each row execute function faults.commit();
    alter database postgres set lock_timeout = ${lockTimeoutMs};
    alter database postgres set statement_timeout = ${statementTimeoutMs};
  `);
  return {
    async failCommits(share, forMs) {
      await sql`update faults.commits set share = ${share}`;
      await pause(forMs);
      await sql`update faults.commits set share = 0`;
    },
    async lockLogs(share, forMs) {
      await sql.begin(async (tx) => {
        await tx`select 1 from sync_heads where random() < ${share} order by user_id for update`;
        await pause(forMs);
      });
    },
    async killBackends(share) {
      const killed = await sql`
        select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'heartline' and random() < ${share}`;
      return killed.length;
    },
  };
}
