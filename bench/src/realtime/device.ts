import { setTimeout } from 'node:timers/promises';
import type { Person } from '../run/people';
import { type Line, openLine, type Protocol } from './lines';
import { numberOf } from './talk';

/** Where the server is now: one that was killed comes back elsewhere. */
export type Where = () => number;

/** What one device tells. */
export interface Told {
  /** It is connected, for the first time or again. */
  ready(): void;
  /** A message of the other one, by its number. */
  arrived(number: number): void;
  acknowledged(number: number): void;
}

/** A person's device that stays connected: when its socket goes, it opens the next, and asks for what it missed where that is possible. */
export interface Device {
  readonly person: Person;
  readonly isReady: boolean;
  /** Connected, and told everything that there was when it connected. Always so where there is no log to hear. */
  readonly isCaughtUp: boolean;
  send(frame: string): void;
  /** Its network is gone, and comes back at once. */
  cut(): void;
  /** For good. */
  close(): void;
}

/** As our SDK waits before it connects again, twice as long after each failure; Socket.IO's client waits longer, which is not held against it. */
const firstDelay = 500;
const longestDelay = 30_000;

export function device(protocol: Protocol, where: Where, person: Person, told: Told): Device {
  let line: Line | undefined;
  let isReady = false;
  let isOver = false;
  let heard: number | undefined;
  let head = 0;
  let failures = 0;

  function open(): void {
    const opened = openLine(protocol, where(), person, heard, {
      ready(at) {
        head = at;
        heard ??= at;
        isReady = true;
        failures = 0;
        told.ready();
      },
      arrived: (clientId) => told.arrived(numberOf(clientId)),
      acknowledged: told.acknowledged,
      heard(seq) {
        heard = seq;
      },
      refused: () => again(opened),
      closed: () => again(opened),
    });
    line = opened;
  }

  function again(gone: Line | undefined): void {
    if (line !== gone || isOver) return;
    line?.cut();
    line = undefined;
    isReady = false;
    const delay = Math.random() * Math.min(longestDelay, firstDelay * 2 ** failures);
    failures += 1;
    void setTimeout(delay).then(() => {
      if (line === undefined && !isOver) open();
    });
  }

  open();
  return {
    person,
    get isReady() {
      return isReady;
    },
    get isCaughtUp() {
      return isReady && (heard ?? 0) >= head;
    },
    send: (frame) => line?.send(frame),
    cut: () => again(line),
    close() {
      isOver = true;
      line?.cut();
    },
  };
}

/** Resolves once it is true. Throws what `missing` says if that takes too long. */
export async function until(isTrue: () => boolean, missing: () => string, withinMs = 60_000): Promise<void> {
  const began = performance.now();
  while (!isTrue()) {
    if (performance.now() - began > withinMs) throw new Error(missing());
    await setTimeout(2);
  }
}
