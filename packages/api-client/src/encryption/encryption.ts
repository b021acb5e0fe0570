import { ApiError, isApiError } from '../errors';
import { createListeners } from '../listeners';
import type { ApiClient } from '../types';
import { maxAcknowledged } from '../wire';
import { carry } from './carrier';
import { claimTab } from './claim-tab';
import type { CryptoMachine, MachineRequest, OpenMachine } from './machine';
import { createMessageBook } from './message-book';
import { ownerOf } from './owners';
import { approvalCode, safetyNumber } from './safety-number';
import type { Encryption, EncryptionState, OwnSecureDevice } from './types';

export interface EncryptionOptions {
  /** What does the cryptography: `openMatrixMachine` of `@app/api-client/encryption/matrix`, or a native one. */
  openMachine: OpenMachine;
  /** Hears of what went wrong in the background. */
  onFault?: (error: unknown) => void;
}

/** Whose keys are open, on which device. */
interface Life {
  readonly userId: string;
  readonly deviceId: string;
  readonly machine: CryptoMachine;
  readonly release: () => void;
}

/** A machine is asked at most so often in a row what it wants to have sent. */
const mostRounds = 10;

/** Has a client encrypt and open what is encrypted, with keys that never leave this device. One for each client. */
export function createEncryption(client: ApiClient, { openMachine, onFault = () => undefined }: EncryptionOptions): Encryption {
  const { realtime, session } = client;
  const listeners = createListeners<[]>('the encryption', ({ error }) => onFault(error));
  let state: EncryptionState = 'off';
  let life: Life | undefined;
  /** Numbers the lives: what an earlier one still does counts for nothing. */
  let number = 0;
  let queue: Promise<unknown> = Promise.resolve();

  function set(next: EncryptionState): void {
    if (next === state) return;
    state = next;
    listeners.tell();
  }

  /** Until it is known how this device stands. */
  function settled(): Promise<void> {
    if (state !== 'starting') return Promise.resolve();
    return new Promise((resolve) => {
      const stop = listeners.add(() => {
        if (state === 'starting') return;
        stop();
        resolve();
      });
    });
  }

  /** The machine does one thing after another. */
  function alone<T>(task: (life: Life) => Promise<T>): Promise<T> {
    const mine = life;
    const done = queue.then(() => {
      if (mine === undefined || mine !== life) throw notHere();
      return task(mine);
    });
    queue = done.catch(() => undefined);
    return done;
  }

  const notHere = () => new ApiError({ code: 'CONVERSATION_ENCRYPTED', status: 409, message: 'Encryption is not set up on this device.' });

  async function send({ machine }: Life, request: MachineRequest): Promise<void> {
    await machine.sent(request, await carry(client, request));
  }

  /** Sends all that the machine wants to have sent. */
  async function flush(mine: Life): Promise<void> {
    for (let round = 0; round < mostRounds; round += 1) {
      const requests = await mine.machine.requests();
      if (requests.length === 0) return;
      for (const request of requests) await send(mine, request);
    }
  }

  /** Has the keys of these people looked at anew. */
  async function renew(mine: Life, userIds: readonly string[]): Promise<void> {
    const owners = userIds.map(ownerOf);
    await mine.machine.track(owners);
    const { oneTimeKeys, hasFallback } = await client.encryption.status();
    await mine.machine.receive({ events: [], changed: owners, oneTimeKeys, hasFallback });
    await flush(mine);
  }

  /** Takes in all that waits for this device. */
  async function takeIn(mine: Life): Promise<void> {
    for (;;) {
      const { items, nextCursor } = await client.encryption.envelopes({ limit: maxAcknowledged });
      const { oneTimeKeys, hasFallback } = await client.encryption.status();
      const events = items.map(({ senderId, type, content }) => ({
        sender: ownerOf(senderId),
        type,
        content: JSON.parse(content) as unknown,
      }));
      await mine.machine.receive({ events, changed: [], oneTimeKeys, hasFallback });
      if (items.length > 0) await client.encryption.acknowledge({ ids: items.map(({ id }) => id) });
      await flush(mine);
      if (nextCursor === null || items.length === 0) return;
    }
  }

  /** Whether this device is one of its person's: signed by their identity. */
  async function look(mine: Life): Promise<void> {
    const { machine, userId, deviceId } = mine;
    const own = (await machine.devices(ownerOf(userId))).find(({ id }) => id === deviceId);
    if (own?.isApproved !== true) return set('unapproved');
    const identity = await machine.identity(ownerOf(userId));
    if (identity !== undefined && !identity.isVerified) {
      await send(mine, await machine.join());
      await flush(mine);
    }
    set('ready');
  }

  /** Does something with the machine in the background; what fails is done again when the connection is back. */
  async function inBackground(task: (mine: Life) => Promise<void>): Promise<void> {
    if (life === undefined) return;
    try {
      await alone(task);
      await book.again();
    } catch (error) {
      if (!isApiError(error)) onFault(error);
    }
  }

  const pull = () =>
    inBackground(async (mine) => {
      await takeIn(mine);
      await look(mine);
    });

  async function publishIdentity(mine: Life, replaces: string | null): Promise<void> {
    const made = await mine.machine.makeIdentity(replaces !== null);
    for (const request of made.first) await send(mine, request);
    await client.encryption.publishIdentity({ ...made.keys, replaces });
    await send(mine, made.signatures);
    await renew(mine, [mine.userId]);
  }

  async function begin(userId: string): Promise<void> {
    const mine = ++number;
    const isOver = () => mine !== number;
    set('starting');
    try {
      const { deviceId, hasIdentity } = await client.encryption.status();
      const name = `heartline ${userId} ${deviceId}`;
      const release = await claimTab(name, () => !isOver() && set('elsewhere'));
      if (isOver()) return release();
      set('starting');
      const machine = await openMachine({ owner: ownerOf(userId), deviceId, name });
      if (isOver()) {
        machine.close(false);
        return release();
      }
      const opened: Life = { userId, deviceId, machine, release };
      life = opened;
      await alone(async () => {
        await flush(opened);
        if (!(await client.encryption.status()).published)
          throw new ApiError({ code: 'ENCRYPTION_KEYS_INVALID', message: 'Its keys are gone.' });
        await renew(opened, [userId]);
        if (!hasIdentity) {
          try {
            await publishIdentity(opened, null);
          } catch (error) {
            // Another device was faster.
            if (!isApiError(error, 'ENCRYPTION_IDENTITY_CHANGED')) throw error;
            await renew(opened, [userId]);
          }
        }
        await takeIn(opened);
        await look(opened);
      });
      await book.again();
    } catch (error) {
      if (isOver()) return;
      end();
      set(isApiError(error, 'ENCRYPTION_KEYS_INVALID') ? 'lost' : 'failed');
      onFault(error);
    }
  }

  /** `forget`: the session is over, and its keys are worth nothing any more. */
  function end(forget = false): void {
    const before = life;
    life = undefined;
    number += 1;
    // What it is doing is done first.
    void queue.then(() => {
      before?.machine.close(forget);
      before?.release();
    });
  }

  function changed(): void {
    const { state: standing, userId } = session;
    if (standing === 'signedIn' && userId !== undefined) {
      if (state !== 'off' && whose === userId) return;
      if (whose !== undefined && whose !== userId) {
        end();
        book.forget();
      }
      whose = userId;
      void begin(userId);
    } else if (standing === 'signedOut') {
      whose = undefined;
      end(true);
      book.forget();
      set('off');
    }
  }

  function beginAgain(): void {
    if (state === 'failed' && whose !== undefined) void begin(whose);
  }

  const book = createMessageBook({
    client,
    alone,
    isOpen: () => life !== undefined,
    flush,
    send,
    pull,
    refuse: notHere,
    ready: async () => {
      await settled();
      return state === 'ready';
    },
  });
  const layer = client.through(book.layer);
  book.retell(layer.retell);

  let whose: string | undefined;
  let wasConnected = false;
  const ends = [
    session.onChange(changed),
    realtime.on('encryption:envelopes', ({ deviceId }) => deviceId === life?.deviceId && void pull()),
    realtime.on('encryption:keys_changed', ({ userId }) => {
      void inBackground(async (mine) => {
        await renew(mine, [userId]);
        if (userId === mine.userId) await look(mine);
        listeners.tell();
      });
    }),
    realtime.onReset(() => void inBackground(async (mine) => renew(mine, [mine.userId, ...book.partners()]))),
    realtime.onStatus(({ connected }) => {
      if (connected && !wasConnected) {
        beginAgain();
        void pull();
      }
      wasConnected = connected;
    }),
  ];
  changed();

  async function keyOf({ machine }: Life, userId: string): Promise<string | undefined> {
    return (await machine.identity(ownerOf(userId)))?.key;
  }

  return {
    get state() {
      return state;
    },
    subscribe: listeners.add,
    async start() {
      beginAgain();
      await settled();
    },
    devices: () =>
      alone(async (mine) => {
        const { items } = await client.encryption.people({ userIds: [mine.userId] });
        const named = new Map(items[0]?.devices.map(({ deviceId, name }) => [deviceId, name]));
        await renew(mine, [mine.userId]);
        const key = (await keyOf(mine, mine.userId)) ?? '';
        const known = await mine.machine.devices(ownerOf(mine.userId));
        return Promise.all(
          known.map(async (device): Promise<OwnSecureDevice> => {
            const { id, isApproved } = device;
            return {
              id,
              name: named.get(id) ?? '',
              isCurrent: id === mine.deviceId,
              isApproved,
              code: await approvalCode(key, device.key),
            };
          }),
        );
      }),
    approve: (deviceId) =>
      alone(async (mine) => {
        await renew(mine, [mine.userId]);
        await send(mine, await mine.machine.approve(deviceId));
        await renew(mine, [mine.userId]);
      }),
    async reset() {
      await alone(async (mine) => {
        await renew(mine, [mine.userId]);
        await publishIdentity(mine, (await keyOf(mine, mine.userId)) ?? null);
        await look(mine);
      });
      listeners.tell();
    },
    safetyNumber: (userId) =>
      alone(async (mine) => {
        await renew(mine, [mine.userId, userId]);
        const own = await keyOf(mine, mine.userId);
        const theirs = await mine.machine.identity(ownerOf(userId));
        if (own === undefined || theirs === undefined) return undefined;
        const { key, ...known } = theirs;
        const digits = await safetyNumber({ userId: mine.userId, key: own }, { userId, key });
        const devices = (await mine.machine.devices(ownerOf(userId))).filter(({ isApproved }) => isApproved).length;
        return { userId, digits, qr: `HEARTLINE:1:${digits}`, devices, ...known };
      }),
    async verify({ userId, digits }) {
      await alone(async (mine) => {
        const [own, theirs] = [await keyOf(mine, mine.userId), await keyOf(mine, userId)];
        const now = own && theirs && (await safetyNumber({ userId: mine.userId, key: own }, { userId, key: theirs }));
        // What was compared is what is signed, and nothing that came since.
        if (now !== digits)
          throw new ApiError({ code: 'IDENTITY_CHANGED', status: 409, message: 'It is not the number that was compared.' });
        await send(mine, await mine.machine.verify(ownerOf(userId)));
        await renew(mine, [userId]);
      });
      listeners.tell();
    },
    async accept(userId) {
      await alone(async (mine) => {
        await renew(mine, [userId]);
        await mine.machine.accept(ownerOf(userId));
      });
      listeners.tell();
    },
    dispose() {
      for (const stop of ends) stop();
      layer.end();
      end();
    },
  };
}

/** Whether what was scanned is the safety number that is expected. */
export function isSafetyCode(scanned: string, { qr }: { readonly qr: string }): boolean {
  return scanned.trim() === qr;
}
