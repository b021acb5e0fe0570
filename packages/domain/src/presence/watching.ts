import { events, type PresenceState } from '@app/contracts';
import { shaper } from '../pipeline/shape';
import type { Kernel } from '../pipeline/unit-of-work';
import { type Look, lookAtPresence, presenceTopic } from './rules';

/** A device that watches people. */
export interface Watcher {
  readonly viewer: string;
  /** Sends it a frame. */
  tell(text: string): void;
}

/** Whom the devices of this process watch, and what they were told of them. */
export interface Watching {
  /**
   * The device watches these, and nobody else, from now on. `ask` finds out how it stands with them, after nothing that happens to them
   * can be missed any more; `undefined`: the device is refused, and goes on as before.
   */
  watch(device: Watcher, userIds: readonly string[], ask: () => Promise<readonly PresenceState[] | undefined>): Promise<void>;
  /** The device is gone. */
  leave(device: Watcher): void;
  /** Something may have been missed: all who are watched are looked at. */
  lookAtAll(): void;
  stop(): void;
}

/** In milliseconds: what happens within this is looked at in one query. */
const gatherMs = 100;
/** In milliseconds: who could not be found out about is looked at again after this. */
const unknownMs = 5_000;
/** Looks a query. */
const atOnce = 1_000;

interface Watch {
  readonly device: Watcher;
  people: ReadonlySet<string>;
  /** What the device knows; of whom nothing stands here nothing is to be seen. */
  told: Map<string, PresenceState>;
  /** Grows with each question of the device: what was read for an earlier one is old. */
  version: number;
  /** How many questions of it are being answered. Until they are it is told nothing, since the answer would come after it. */
  asking: number;
  /** Whose topics are listened to for it. */
  readonly heard: Set<string>;
}

interface Topic {
  readonly watches: Set<Watch>;
  readonly stop: () => void;
}

function isSame(one: PresenceState | undefined, other: PresenceState | undefined): boolean {
  return one?.online === other?.online && one?.lastSeenAt === other?.lastSeenAt;
}

/**
 * Tells devices when the people they watch come and go. What comes over the bus says only that something may have changed: who may see
 * what is read then, for all who watch somebody at once, and a device is told what is new to it. So what comes twice or for nothing
 * costs no device a frame, and what got lost is made good by the next look.
 */
export function watching(
  { database, ports, settings, now }: Pick<Kernel, 'database' | 'ports' | 'settings' | 'now'>,
  inBackground: (task: Promise<unknown>) => void,
): Watching {
  const shape = shaper(events['presence:changed'].data, 'The event presence:changed', settings.checkAnswers);
  const watches = new Map<Watcher, Watch>();
  const topics = new Map<string, Topic>();
  const changed = new Set<string>();
  const timers = new Set<ReturnType<typeof setTimeout>>();
  let isGathering = false;
  let looking: Promise<void> = Promise.resolve();

  function listen(userId: string, watch: Watch): void {
    watch.heard.add(userId);
    const known = topics.get(userId);
    if (known !== undefined) {
      known.watches.add(watch);
      return;
    }
    const topic: Topic = {
      watches: new Set([watch]),
      stop: ports.bus.subscribe(presenceTopic(userId), (message) => {
        if (message.kind !== 'presence') return;
        changed.add(userId);
        if (message.seesAnew) for (const one of topic.watches) if (one.device.viewer === userId) addAll(one.people);
        gather();
      }),
    };
    topics.set(userId, topic);
  }

  function ignore(userId: string, watch: Watch): void {
    watch.heard.delete(userId);
    const topic = topics.get(userId);
    if (topic === undefined) return;
    topic.watches.delete(watch);
    if (topic.watches.size > 0) return;
    topics.delete(userId);
    topic.stop();
  }

  function addAll(people: Iterable<string>): void {
    for (const userId of people) changed.add(userId);
  }

  function gather(): void {
    if (isGathering) return;
    isGathering = true;
    const gathered = new Promise((resolve) => setTimeout(resolve, gatherMs)).then(() => {
      isGathering = false;
      // One look after the other, whatever became of the one before: what was read earlier is told earlier.
      looking = looking.catch(() => undefined).then(look);
      return looking;
    });
    inBackground(gathered);
  }

  function gatherLater(people: readonly string[], ms: number): void {
    if (people.length === 0) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      addAll(people);
      gather();
    }, ms);
    timers.add(timer);
  }

  async function look(): Promise<void> {
    const people = [...changed];
    changed.clear();
    const asked: { readonly watch: Watch; readonly person: string; readonly version: number }[] = [];
    const looks = new Map<string, Look>();
    for (const person of people) {
      for (const watch of topics.get(person)?.watches ?? []) {
        if (!watch.people.has(person) || watch.asking > 0) continue;
        asked.push({ watch, person, version: watch.version });
        looks.set(`${watch.device.viewer} ${person}`, { viewer: watch.device.viewer, person });
      }
    }
    const all = [...looks.values()];
    const states = new Map<string, PresenceState>();
    const unknown = new Set<string>();
    const leaving = new Set<string>();
    try {
      for (let from = 0; from < all.length; from += atOnce) {
        const work = { db: database.db, now: now(), ports };
        for (const { viewer, person, state, attendance } of await lookAtPresence(work, all.slice(from, from + atOnce))) {
          states.set(`${viewer} ${person}`, state);
          if (attendance === undefined) unknown.add(person);
          if (attendance === 'just_left') leaving.add(person);
        }
      }
    } catch (error) {
      gatherLater(people, unknownMs);
      throw error;
    }
    for (const { watch, person, version } of asked) {
      // It asked anew meanwhile, and was answered with what is newer.
      if (watch.version !== version) continue;
      const state = states.get(`${watch.device.viewer} ${person}`);
      // Nobody is said to have gone because it cannot be found out.
      if (state !== undefined && unknown.has(person) && watch.told.has(person)) continue;
      if (isSame(watch.told.get(person), state)) continue;
      if (state === undefined) watch.told.delete(person);
      else watch.told.set(person, state);
      tell(watch.device, state ?? { userId: person, online: false, lastSeenAt: null });
    }
    gatherLater([...leaving], ports.presence.graceMs);
    gatherLater([...unknown], unknownMs);
  }

  function tell(device: Watcher, state: PresenceState): void {
    device.tell(`{"event":"presence:changed","data":${JSON.stringify(shape(state))}}`);
  }

  return {
    async watch(device, userIds, ask) {
      const watch = watches.get(device) ?? { device, people: new Set(), told: new Map(), version: 0, asking: 0, heard: new Set() };
      watches.set(device, watch);
      watch.asking += 1;
      watch.version += 1;
      const before = watch.people;
      const people = new Set(userIds);
      // Their own topic tells when what they may see of others is decided anew.
      const heardOf = people.size === 0 ? [] : [device.viewer, ...people];
      for (const userId of heardOf) listen(userId, watch);
      await Promise.all(heardOf.map((userId) => ports.bus.heard(presenceTopic(userId))));
      const states = await ask().finally(() => {
        watch.asking -= 1;
      });
      // Gone meanwhile.
      if (!watches.has(device)) return;
      const kept = states === undefined ? before : people;
      if (states !== undefined) watch.told = new Map(states.map((state) => [state.userId, state]));
      watch.people = kept;
      for (const userId of [...watch.heard]) {
        const isNeeded = userId === device.viewer ? kept.size > 0 : kept.has(userId);
        if (!isNeeded) ignore(userId, watch);
      }
      // What came of them while they were asked about was not looked at for this device, and some may be about to be gone.
      addAll(kept);
      gather();
    },
    leave(device) {
      const watch = watches.get(device);
      if (watch === undefined) return;
      watches.delete(device);
      for (const userId of [...watch.heard]) ignore(userId, watch);
    },
    lookAtAll() {
      for (const { people } of watches.values()) addAll(people);
      if (changed.size > 0) gather();
    },
    stop() {
      for (const timer of timers) clearTimeout(timer);
      timers.clear();
    },
  };
}
