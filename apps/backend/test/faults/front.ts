import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { Transform } from 'node:stream';
import { setTimeout as pause } from 'node:timers/promises';
import { oneOf, type Random, shuffled } from '../rig/random';

/** Which way: to the replica, or back to the device. */
type Way = 'there' | 'back';

/** A connection from a device, by this front, to a replica. */
interface Link {
  readonly near: Socket;
  readonly far: Socket;
  /** Nothing gets through this way until it resolves. */
  readonly held: Map<Way, Promise<void>>;
  delayMs: number;
  break(): void;
}

/** How to choose among the connections there are. */
export interface Some {
  /** From 0 to 1. */
  readonly share: number;
  readonly random: Random;
}

export interface Front {
  readonly url: string;
  /** Breaks connections. Answers how many. */
  cut(some: Some): number;
  /** Lets nothing through these ways for a while, without a word to either side. */
  hold(some: Some, ways: readonly Way[], forMs: number, breaks: boolean): Promise<void>;
  delay(some: Some, delayMs: number, forMs: number): Promise<void>;
  /** Whatever is held or slow goes on. */
  mend(): void;
  close(): Promise<void>;
}

/** The balancer in front of the replicas: each connection goes to any of them that takes it. On demand it is as bad as a network can be. */
export async function startFront(ports: readonly number[], random: Random): Promise<Front> {
  const links = new Set<Link>();
  let mended = new AbortController();

  /** Whatever comes passes, late or when it is not held any more, and never out of order. */
  function passing(link: Link, way: Way): Transform {
    const inTime = async () => {
      for (let held = link.held.get(way); held !== undefined; held = link.held.get(way)) await held;
      if (link.delayMs > 0) await pause(link.delayMs);
    };
    return new Transform({
      transform: (chunk: Buffer, _encoding, done) => void inTime().then(() => done(null, chunk)),
      flush: (done) => void inTime().then(() => done()),
    });
  }

  /** One side is gone: the other one is told, but not while nothing gets through. */
  async function ended(link: Link, other: Socket, way: Way): Promise<void> {
    await link.held.get(way);
    other.destroy();
    if (link.near.destroyed && link.far.destroyed) links.delete(link);
  }

  function join(near: Socket, far: Socket): void {
    const link: Link = {
      near,
      far,
      held: new Map(),
      delayMs: 0,
      break() {
        near.destroy();
        far.destroy();
        links.delete(link);
      },
    };
    links.add(link);
    near.on('close', () => void ended(link, far, 'there'));
    far.on('close', () => void ended(link, near, 'back'));
    near.pipe(passing(link, 'there')).pipe(far);
    far.pipe(passing(link, 'back')).pipe(near);
    if (near.destroyed || far.destroyed) link.break();
  }

  /** Connects to one of the replicas; to another one where it is not there. */
  async function reach(near: Socket): Promise<void> {
    const first = oneOf(random, ports);
    for (const port of [first, ...ports.filter((one) => one !== first)]) {
      const far = connect(port, '127.0.0.1');
      try {
        await once(far, 'connect');
      } catch {
        continue;
      }
      // What breaks is told to the other side by closing it.
      far.on('error', () => undefined);
      return join(near, far);
    }
    near.destroy();
  }

  const server = createServer({ noDelay: true }, (near) => {
    near.on('error', () => undefined);
    void reach(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');

  function chosen({ share, random: choose }: Some): Link[] {
    return shuffled(choose, [...links]).slice(0, Math.ceil(links.size * share));
  }

  /** Resolves after that time, or as soon as everything is mended. */
  const lasting = (forMs: number) => pause(forMs, undefined, { signal: mended.signal }).catch(() => undefined);

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cut(some) {
      const all = chosen(some);
      for (const link of all) link.break();
      return all.length;
    },
    async hold(some, ways, forMs, breaks) {
      const all = chosen(some);
      const over = lasting(forMs);
      for (const link of all) for (const way of ways) link.held.set(way, over);
      await over;
      for (const link of all) {
        if (breaks) link.break();
        for (const way of ways) if (link.held.get(way) === over) link.held.delete(way);
      }
    },
    async delay(some, delayMs, forMs) {
      const all = chosen(some);
      for (const link of all) link.delayMs = delayMs;
      await lasting(forMs);
      for (const link of all) link.delayMs = 0;
    },
    mend() {
      mended.abort();
      mended = new AbortController();
    },
    async close() {
      mended.abort();
      server.close();
      for (const link of links) link.break();
      await once(server, 'close');
    },
  };
}
