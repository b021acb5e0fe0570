import { between, oneOf, type Random, seeded, shuffled } from '../rig/random';

/** What is done to the platform or to the way to it. `forMs`: how long it lasts. `share`: of all connections where nothing else is said, from 0 to 1. */
export type Fault =
  /** kill -9, and started again after a while. */
  | { readonly kind: 'kill a replica'; readonly replica: ReplicaIndex; readonly forMs: number }
  /** As a deployment does it: SIGTERM, and the next one is started. */
  | { readonly kind: 'stop a replica'; readonly replica: ReplicaIndex; readonly forMs: number }
  /** SIGSTOP: it holds its connections and answers nothing. */
  | { readonly kind: 'freeze a replica'; readonly replica: ReplicaIndex; readonly forMs: number }
  /** It forgets everything, and is away. */
  | { readonly kind: 'lose Redis'; readonly forMs: number }
  | { readonly kind: 'freeze Redis'; readonly forMs: number }
  | { readonly kind: 'restart PostgreSQL' }
  /** Its processes are killed, and it recovers from its log. */
  | { readonly kind: 'crash PostgreSQL' }
  /** This share of what writes a message takes its time to commit, and half of that is rolled back then. */
  | { readonly kind: 'fail commits'; readonly share: number; readonly forMs: number }
  /** The logs of this share of the people are locked: who writes to them waits until it is too long, and is rolled back. */
  | { readonly kind: 'lock logs'; readonly share: number; readonly forMs: number }
  /** The replicas' connections to PostgreSQL are ended in the middle of what they do. */
  | { readonly kind: 'kill backends'; readonly share: number }
  | { readonly kind: 'cut sockets'; readonly share: number }
  /** Half-open for a while: nothing gets through, in neither direction, and nobody is told. Then they go on, or break. */
  | { readonly kind: 'hold sockets'; readonly share: number; readonly forMs: number; readonly breaks: boolean }
  /** What is asked arrives and is done; no answer comes back, and then the connection breaks. */
  | { readonly kind: 'lose answers'; readonly share: number; readonly forMs: number }
  | { readonly kind: 'delay everything'; readonly share: number; readonly forMs: number; readonly delayMs: number }
  /** Devices that ask for much and read nothing. */
  | { readonly kind: 'pause readers'; readonly readers: number; readonly forMs: number };

export type ReplicaIndex = 0 | 1;

export interface PlannedFault {
  /** After the beginning, in milliseconds. */
  readonly at: number;
  readonly fault: Fault;
  /** For what is left to chance when it happens: which connections, which devices. */
  readonly seed: number;
}

type Kind = Fault['kind'];

const kinds: readonly Kind[] = [
  'kill a replica',
  'stop a replica',
  'freeze a replica',
  'lose Redis',
  'freeze Redis',
  'restart PostgreSQL',
  'crash PostgreSQL',
  'fail commits',
  'lock logs',
  'kill backends',
  'cut sockets',
  'hold sockets',
  'lose answers',
  'delay everything',
  'pause readers',
];

/** What comes again after each has come once: networks fail more often than servers, and a replica that only starts proves little. */
const often: readonly Kind[] = [
  ...kinds,
  'cut sockets',
  'cut sockets',
  'hold sockets',
  'lose answers',
  'delay everything',
  'pause readers',
];

/** A Redis that is lost for this long is one of the promises. */
const redisAwayMs = 30_000;
const meanGapMs = 2_500;

function faultOf(kind: Kind, random: Random, longestMs: number): Fault {
  const replica = random() < 0.5 ? 0 : 1;
  const forMs = Math.round(between(random, 500, longestMs));
  const share = Math.round(between(random, 0.1, 1) * 100) / 100;
  switch (kind) {
    case 'kill a replica':
    case 'stop a replica':
    case 'freeze a replica':
      return { kind, replica, forMs };
    case 'lose Redis':
    case 'freeze Redis':
      return { kind, forMs };
    case 'restart PostgreSQL':
    case 'crash PostgreSQL':
      return { kind };
    case 'fail commits':
    case 'lock logs':
      return { kind, share, forMs };
    case 'kill backends':
    case 'cut sockets':
      return { kind, share };
    case 'hold sockets':
      return { kind, share, forMs, breaks: random() < 0.5 };
    case 'lose answers':
      return { kind, share, forMs };
    case 'delay everything':
      return { kind, share, forMs, delayMs: Math.round(between(random, 20, 800)) };
    case 'pause readers':
      return { kind, readers: Math.ceil(between(random, 1, 10)), forMs };
  }
}

/** What goes wrong, and when: the same for the same seed and length. Each kind at least once, several of them at the same time. */
export function planOf(seed: number, seconds: number): PlannedFault[] {
  const random = seeded(seed);
  const first = 1_000;
  const last = seconds * 900;
  const many = Math.max(kinds.length, Math.floor((last - first) / meanGapMs));
  const times = Array.from({ length: many }, () => Math.round(between(random, first, last))).sort((one, other) => one - other);
  const longestMs = Math.max(1_500, Math.min(10_000, seconds * 150));
  const order = [...shuffled(random, kinds), ...Array.from({ length: many - kinds.length }, () => oneOf(random, often))];
  let hasLostRedis = false;
  return times.map((at, index) => {
    const kind = order[index] ?? 'cut sockets';
    const fault = faultOf(kind, random, longestMs);
    const isFirstLoss = fault.kind === 'lose Redis' && !hasLostRedis;
    hasLostRedis ||= isFirstLoss;
    return {
      at,
      fault: isFirstLoss ? { ...fault, forMs: Math.min(redisAwayMs, seconds * 500) } : fault,
      seed: Math.floor(random() * 2 ** 32),
    };
  });
}

const names = ['one', 'two'] as const;
export const replicaName = (replica: ReplicaIndex) => `replica ${names[replica]}`;

const seconds = (milliseconds: number) => `${(milliseconds / 1000).toFixed(1)} s`;
const percent = (share: number) => `${Math.round(share * 100)} %`;
const connections = (share: number) => `${percent(share)} of the connections`;

/** In words, for who reads what happened. */
export function described(fault: Fault): string {
  switch (fault.kind) {
    case 'kill a replica':
      return `${replicaName(fault.replica)} is killed, for ${seconds(fault.forMs)}`;
    case 'stop a replica':
      return `${replicaName(fault.replica)} is told to stop, for ${seconds(fault.forMs)}`;
    case 'freeze a replica':
      return `${replicaName(fault.replica)} is frozen, for ${seconds(fault.forMs)}`;
    case 'lose Redis':
      return `Redis is killed, for ${seconds(fault.forMs)}`;
    case 'freeze Redis':
      return `Redis is frozen, for ${seconds(fault.forMs)}`;
    case 'restart PostgreSQL':
      return 'PostgreSQL is restarted';
    case 'crash PostgreSQL':
      return 'PostgreSQL is killed';
    case 'fail commits':
      return `${percent(fault.share)} of what writes messages commits slowly or not at all, for ${seconds(fault.forMs)}`;
    case 'lock logs':
      return `the logs of ${percent(fault.share)} of the people are locked, for ${seconds(fault.forMs)}`;
    case 'kill backends':
      return `${percent(fault.share)} of the connections to PostgreSQL are ended`;
    case 'cut sockets':
      return `${connections(fault.share)} are cut`;
    case 'hold sockets':
      return `${connections(fault.share)} are half-open for ${seconds(fault.forMs)}, then they ${fault.breaks ? 'break' : 'go on'}`;
    case 'lose answers':
      return `${connections(fault.share)} bring no answers for ${seconds(fault.forMs)}, then they break`;
    case 'delay everything':
      return `${connections(fault.share)} are slow by ${fault.delayMs} ms, for ${seconds(fault.forMs)}`;
    case 'pause readers':
      return `${fault.readers} devices ask for much and read nothing, for ${seconds(fault.forMs)}`;
  }
}
