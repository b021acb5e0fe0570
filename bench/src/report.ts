import type { DiscoveryFigures, Filling } from './discovery/measure';
import type { Comparison, Figures } from './http/compare';
import type { JobCosts, JobFigures } from './jobs/measure';
import type { LoginFigures } from './logins/measure';
import type { PhotoFigures } from './photos/measure';
import { number, table } from './run/table';
import type { SearchFigures } from './search/measure';

const about = {
  stack: [
    'HTTP, the stack alone: the whole stack beside raw Fastify with JSON schemas written by hand',
    'Both answer from the same in-memory data. Ours: HTTP adapter, security headers, authentication, rate limits, input parsed,',
    "handler, answer shaped, all by the contract. Raw: Fastify's own validation and serialisation, a token cache, nothing else.",
  ],
  guarded: [
    'HTTP, the stack beside raw Fastify with the same duties',
    'As above, and raw Fastify has ids for its requests, @fastify/helmet, @fastify/cors and @fastify/rate-limit, as a public service does.',
  ],
  postgres: [
    'HTTP with PostgreSQL: the real handlers beside raw Fastify with SQL written by hand',
    'Same tables, same durable PostgreSQL, same guarantees: visibility, gapless order, no message twice, the sync log.',
  ],
  discovery: [
    'Discovery: a page of 20 people through the whole service, among ever more people on PostgreSQL',
    'Around a village live as many people in every crowd, everybody else in the cities of the world. A villager looks within 50 km, or',
    'anywhere; a citizen within 50 km of the most populous city, which grows with the crowd. per core: what one core would do that',
    'serves and keeps the database. cards read: rows of cards that the queries of one request looked at.',
  ],
  photos: [
    'Photos: twenty people send the largest picture that is taken, all at once',
    'A JPEG full of noise, made upright, into three sizes, and kept on disk, with PostgreSQL in a process of its own. Memory is that of the',
    'server’s process, everything in it (RSS). The bound is 300 MB.',
  ],
  logins: [
    'Sign-ins: many at once, their passwords by Argon2id, and what /health/liveness takes meanwhile',
    'lane: two are hashed at once, the others wait for their turn. unbounded: as many as the pool has threads. All times in ms.',
  ],
  jobs: [
    'Jobs: what one costs in pg-boss and in the platform’s own table, enqueued in a transaction of its own, and run',
    'inside: done in the transaction that takes it; outside: taken, done, and ended by itself. The jobs find nothing to do. One is run after',
    'the other, eight are enqueued at once. ratio: CPU of pg-boss over that of the table, server and database together.',
  ],
  search: [
    'Search: somebody with 200 conversations of 500 messages, among a million messages of everybody',
    'platform: over HTTP, without an index of words. The others are plain SQL: one index over all conversations, or one that keeps the words of',
    'each conversation apart. Milliseconds until something is there, or all was looked at; what it costs to write a message, and how large the index is.',
  ],
} as const;

function heading([title, ...rest]: readonly string[]): string {
  return `\n${title}\n${rest.map((line) => `  ${line}`).join('\n')}\n`;
}

const micros = (value: number | null) => (value === null ? '–' : number(value, value < 100 ? 1 : 0));

/** CPU per request, and what the whole of it is worth: how much more than raw Fastify it costs. */
export function comparisonTable(kind: 'stack' | 'guarded' | 'postgres', compared: readonly Comparison[]): string {
  const withDatabase = compared.some(({ ours }) => ours.databaseMicrosPerRequest !== null);
  const cells = (figures: Figures) => [
    number(figures.requestsPerSecond),
    micros(figures.cpuMicrosPerRequest),
    ...(withDatabase ? [micros(figures.databaseMicrosPerRequest)] : []),
  ];
  const titles = (side: string) => [`${side} req/s`, 'CPU µs', ...(withDatabase ? ['db µs'] : [])];
  const rows = compared.map(({ endpoint, bodyBytes, ours, raw, ratio, ratioRange }) => [
    endpoint,
    number(bodyBytes),
    ...cells(ours),
    ...cells(raw),
    number(ratio, 2),
    ratioRange.map((bound) => number(bound, 2)).join('–'),
  ]);
  return `${heading(about[kind])}${table(['endpoint', 'bytes', ...titles('ours'), ...titles('raw'), 'CPU ratio', 'in rounds'], rows)}`;
}

export function discoveryTable({ figures, filling }: { figures: readonly DiscoveryFigures[]; filling: readonly Filling[] }): string {
  const titles = ['people', 'seeker', 'p50 ms', 'p95 ms', 'req/s', 'per core', 'CPU µs', 'db µs', 'queries', 'cards read', 'read whole'];
  const rows = figures.map((at) => [
    number(at.people),
    at.seeker,
    number(at.p50, 2),
    number(at.p95, 2),
    number(at.requestsPerSecond),
    at.perCore === null ? '–' : number(at.perCore),
    micros(at.cpuMicrosPerRequest),
    micros(at.databaseMicrosPerRequest),
    number(at.queries),
    number(at.cardsRead),
    at.scanned.length === 0 ? 'none' : at.scanned.join(', '),
  ]);
  const indexes = figures.map(({ people, seeker, indexes: used }) => `  ${number(people)}, ${seeker}: ${used.join(', ')}`);
  const filled = filling.map(
    ({ people, seedSeconds, cardSeconds }) =>
      `  ${number(people)}: filled in ${number(seedSeconds)} s, all cards made in ${number(cardSeconds)} s`,
  );
  return `${heading(about.discovery)}${table(titles, rows)}\n\n  Indexes used:\n${indexes.join('\n')}\n\n${filled.join('\n')}\n`;
}

export function jobsTable(measured: readonly JobFigures[]): string {
  const titles = ['queue', 'lane', 'enqueued/s', 'CPU µs', 'db µs', 'ratio', 'run/s', 'CPU µs', 'db µs', 'ratio'];
  const whole = ({ cpuMicros, databaseMicros }: JobCosts) => cpuMicros + (databaseMicros ?? 0);
  const rows = measured.map(({ queue, lane, ...costs }) => {
    const base = measured.find((one) => one.queue === 'table' && one.lane === lane);
    const cells = (step: 'enqueue' | 'run') => [
      number(costs[step].perSecond),
      micros(costs[step].cpuMicros),
      micros(costs[step].databaseMicros),
      base === undefined ? '–' : number(whole(costs[step]) / whole(base[step]), 2),
    ];
    return [queue, lane, ...cells('enqueue'), ...cells('run')];
  });
  return `${heading(about.jobs)}${table(titles, rows)}\n`;
}

export function photosTable({ uploads, megapixels, megabytes, rssBefore, rssMost, seconds, failed }: PhotoFigures): string {
  const titles = ['uploads at once', 'megapixels', 'MB each', 'RSS before, MB', 'RSS at most, MB', 'seconds', 'failed'];
  const row = [
    String(uploads),
    number(megapixels),
    number(megabytes, 1),
    number(rssBefore),
    number(rssMost),
    number(seconds, 1),
    number(failed),
  ];
  return `${heading(about.photos)}${table(titles, [row])}`;
}

export function loginsTable(measured: readonly LoginFigures[]): string {
  const titles = [
    'hashing',
    'logins',
    'idle p50',
    'p99',
    'meanwhile p50',
    'p99',
    'login p50',
    'p99',
    'seconds',
    'failed',
    'RSS at most, MB',
  ];
  const rows = measured.map(({ hashing, logins, idle, meanwhile, login, seconds, failed, rssMost }) => [
    hashing,
    number(logins),
    ...[idle, meanwhile].flatMap(({ p50, p99 }) => [number(p50, 1), number(p99, 1)]),
    number(login.p50),
    number(login.p99),
    number(seconds, 1),
    number(failed),
    number(rssMost),
  ]);
  return `${heading(about.logins)}${table(titles, rows)}\n`;
}

export function searchTable(measured: readonly SearchFigures[]): string {
  const titles = ['index', 'common ms', 'rare ms', 'two words ms', 'nowhere ms', 'longest call ms', 'db µs a message', 'messages/s', 'MB'];
  const rows = measured.map(({ side, common, rare, two, nowhere, longest, insertMicros, insertsPerSecond, megabytes }) => [
    side,
    number(common, 1),
    number(rare, 1),
    number(two, 1),
    number(nowhere, 1),
    number(longest, 1),
    micros(insertMicros),
    number(insertsPerSecond),
    number(megabytes),
  ]);
  return `${heading(about.search)}${table(titles, rows)}\n`;
}
