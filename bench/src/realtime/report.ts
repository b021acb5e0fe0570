import { median } from '../run/statistics';
import { number, table } from '../run/table';
import type { ChatFigures, Chats } from './chat';
import type { CrowdFigures } from './crowd';
import type { KillFigures } from './kills';
import type { RealtimeFigures, SideName } from './measure';

type Sides = Pick<RealtimeFigures, SideName>;

/** Bounds of ours over the peer's, or of ours alone. */
type Aim = { readonly ratioAtLeast: number } | { readonly ratioAtMost: number } | { readonly atMost: number };

/** One figure of both sides, and what ours is aimed to be beside the peer's. */
interface Line {
  readonly what: string;
  readonly ours: number;
  readonly peer: number;
  readonly decimals: number;
  readonly aim?: Aim;
}

const both = (of: (side: SideName) => number) => ({ ours: of('ours'), peer: of('peer') });

function linesOf({ ours, peer }: Sides): Line[] {
  const medianOf = (side: SideName, of: (chats: Chats) => number | null) =>
    median({ ours, peer }[side].chats.map((round) => of(round) ?? Number.NaN));
  const inTurn = (of: (figures: ChatFigures) => number | null) => both((side) => medianOf(side, (chats) => of(chats.inTurn)));
  const crowd = (of: (figures: CrowdFigures) => number) => both((side) => median({ ours, peer }[side].crowds.map(of)));
  const killed = (of: (figures: KillFigures) => number) => both((side) => of({ ours, peer }[side].kills));
  const whole = ({ cpuMicros, databaseMicros }: ChatFigures) => cpuMicros + (databaseMicros ?? Number.NaN);
  const lines: Line[] = [
    { what: 'messages/s', ...inTurn((at) => at.arrivedPerSecond), decimals: 0, aim: { ratioAtLeast: 1.5 } },
    { what: 'CPU µs a message', ...inTurn(whole), decimals: 0, aim: { ratioAtMost: 0.6 } },
    { what: '  of the app', ...inTurn((at) => at.cpuMicros), decimals: 0 },
    { what: '  of the database', ...inTurn((at) => at.databaseMicros), decimals: 0 },
    { what: '  of the generator', ...inTurn((at) => at.generatorMicros), decimals: 0 },
  ];
  for (const [index, { rate }] of (ours.chats[0]?.atRates ?? []).entries()) {
    const at = (of: (figures: ChatFigures) => number | null) =>
      both((side) =>
        medianOf(side, ({ atRates }) => {
          const figures = atRates[index];
          return figures === undefined ? null : of(figures);
        }),
      );
    const titled = `at ${number(rate)}/s`;
    lines.push(
      { what: `p50 ms ${titled}`, ...at(({ p50 }) => p50), decimals: 2 },
      { what: `p99 ms ${titled}`, ...at(({ p99 }) => p99), decimals: 2, aim: { ratioAtMost: 1 } },
      { what: `CPU µs a message ${titled}`, ...at(whole), decimals: 0 },
    );
  }
  lines.push(
    { what: 'MB a 1,000 idle sockets', ...crowd((at) => at.idleMegabytesPerThousand), decimals: 1, aim: { ratioAtMost: 0.5 } },
    { what: 'connects/s', ...crowd((at) => at.connectsPerSecond), decimals: 0, aim: { ratioAtLeast: 1 } },
    { what: 'all cut off: s until caught up', ...crowd((at) => at.caughtUpSeconds), decimals: 2, aim: { ratioAtMost: 1 } },
    { what: 'killed twice: messages stored', ...killed((at) => at.stored), decimals: 0 },
    { what: '  not delivered', ...killed((at) => at.undelivered), decimals: 0, aim: { atMost: 0 } },
    { what: '  delivered twice', ...killed((at) => at.toldTwice), decimals: 0, aim: { atMost: 0 } },
  );
  return lines;
}

function fallsShort({ ours, peer, aim }: Line): boolean {
  if (aim === undefined) return false;
  if ('atMost' in aim) return !(ours <= aim.atMost);
  return 'ratioAtLeast' in aim ? !(ours / peer >= aim.ratioAtLeast) : !(ours / peer <= aim.ratioAtMost);
}

function told(aim: Aim | undefined): string {
  if (aim === undefined) return '';
  if ('atMost' in aim) return `ours ≤ ${aim.atMost}`;
  return 'ratioAtLeast' in aim ? `ratio ≥ ${aim.ratioAtLeast}` : `ratio ≤ ${aim.ratioAtMost}`;
}

function cellsOf(line: Line): string[] {
  const { what, ours, peer, decimals, aim } = line;
  const cell = (value: number, places: number) => (Number.isFinite(value) ? number(value, places) : '–');
  return [what, cell(ours, decimals), cell(peer, decimals), cell(ours / peer, 2), told(aim), fallsShort(line) ? 'short' : ''];
}

const about = `
Messages and sockets, beside a classic server: Express 4, Socket.IO 4, pg
  On the same PostgreSQL, in turn. messages/s and CPU: 200 people in 100 pairs, each sends the next message once the one before is through.
  p50, p99: from when a message was due at a fixed rate to its arrival at the other one. ratio: ours over the peer's.
  Idle sockets, connects, and all sockets cut off at once: everybody comes back within half a second (later where they are
  not taken), and a message to every fourth is sent meanwhile.
  Killed (kill -9) twice while 500 a second are sent: ours resumes; the peer's clients are told what happens while they are connected.
`;

/** Both sides beside each other. */
export function realtimeTables({ embedded, ...sides }: RealtimeFigures): string {
  const lines = linesOf(sides);
  const short = lines.filter(fallsShort).map(({ what }) => what.trim());
  const verdict = short.length === 0 ? 'Every aim is met.' : `Short of the aim: ${short.join(', ')}.`;
  const { inTurn, atRates } = embedded;
  const within = [
    `${number(inTurn.arrivedPerSecond)} messages/s at ${number(inTurn.cpuMicros)} µs`,
    ...atRates.map(({ rate, p50, p99 }) => `p50 ${number(p50, 2)} ms and p99 ${number(p99, 2)} ms at ${number(rate)}/s`),
  ];
  return `${about}  ${verdict}\n\n${table(['', 'ours', 'peer', 'ratio', 'aim', ''], lines.map(cellsOf))}\n\n  Ours with the database in its process (PGlite): ${within.join(', ')}.\n`;
}
