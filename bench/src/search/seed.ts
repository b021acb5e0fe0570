import type { Sql } from 'postgres';

export interface Archive {
  /** Who searches. */
  readonly userId: string;
  /** Of the searcher, with another person each. */
  readonly own: number;
  /** Of everybody, the searcher's among them. */
  readonly conversations: number;
  /** In each of them, written in turn all over the platform. */
  readonly messages: number;
}

/** Words that are looked for: two of three messages have the common one, one of fifty thousand the rare one, every third the other, and none the last. */
export const words = { common: 'hello', rare: 'zanzibar', other: 'lunch', none: 'quokka' } as const;

/** Fills a database with conversations as they would have come by the front door, but by SQL. */
export async function seedArchive(sql: Sql, { userId, own, conversations, messages }: Archive): Promise<void> {
  const vocabulary = Array.from({ length: 2_000 }, (_, n) => `${['ba', 'ke', 'lo', 'mi', 'ru'][n % 5]}${(n * 7919).toString(36)}`);
  await sql.unsafe(`
    select setseed(0.5);
    create unlogged table bench_people (n int primary key, id uuid not null default gen_random_uuid());
    insert into bench_people (n) select generate_series(0, ${own - 1});
    insert into users (id, created_at) select id, now() from bench_people;
    create unlogged table bench_conversations (n int primary key, id uuid not null default gen_random_uuid());
    insert into bench_conversations (n) select generate_series(0, ${conversations - 1});
    insert into conversations (id, kind, open, last_seq, created_at) select id, 'direct', true, ${messages}, now() from bench_conversations;
    insert into conversation_members (conversation_id, user_id, joined_at, last_activity_at)
      select bench_conversations.id, bench_people.id, now(), now() from bench_conversations join bench_people on bench_people.n = bench_conversations.n % ${own};
    insert into conversation_members (conversation_id, user_id, joined_at, last_activity_at)
      select id, '${userId}', now(), now() from bench_conversations where n < ${own}`);
  // Two of three say hello, every third speaks of lunch; the rest is words of which some are much more usual than others.
  await sql.unsafe(
    `insert into messages (id, conversation_id, seq, sender_id, client_id, text, created_at)
      select (lpad(to_hex(1700000000000 + m), 12, '0') || '7' || substr(md5(m::text), 1, 3) || '8' || substr(md5(m::text), 4, 15))::uuid,
        talk.id, m / ${conversations} + 1, '${userId}', gen_random_uuid(),
        case m % 3 when 0 then '${words.other}' else '${words.common}' end || ' '
          || (select string_agg(($1::text[])[1 + floor(2000 * power(random(), 3))::int], ' ') from generate_series(1, 7) where m = m)
          || case when m % 50021 = 7 then ' ${words.rare}' else '' end,
        to_timestamp(1700000000 + m / 1000.0)
      from generate_series(0, ${conversations * messages - 1}) m join bench_conversations talk on talk.n = m % ${conversations}`,
    [vocabulary],
  );
  await sql.unsafe('vacuum analyze');
}
