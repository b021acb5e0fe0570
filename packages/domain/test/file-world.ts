import type { Media, MediaLink, Message } from '@app/contracts';
import { memoryMedia } from '../src';
import { createWorld, type Device, type World } from './world';

/** Two who have a conversation, and one who has none. */
export interface Pair {
  readonly ada: Device;
  readonly ben: Device;
  readonly eve: Device;
  readonly conversationId: string;
  send(by: Device, mediaId: string, more?: { text?: string; clientId?: string }): Promise<Message>;
  linksOf(by: Device, ...messageIds: string[]): Promise<MediaLink[]>;
}

/** A world whose files can be looked at where they are kept. */
export interface FileWorld {
  readonly world: World;
  /** What stands under a key. */
  file(key: string): { readonly bytes: Uint8Array; readonly contentType: string } | undefined;
  /** What an address leads to. */
  kept(url: string | undefined): ReturnType<FileWorld['file']>;
  pair(): Promise<Pair>;
  /** Lets so many hours pass, and what is due by then be done. These are signed in again then. */
  pass(hours: number, ...again: Device[]): Promise<void>;
}

export const keyOf = (url: string) => new URL(url).pathname.slice(1);

export function upload(
  by: Device,
  bytes: Uint8Array,
  input: { as?: 'encrypted'; posterId?: string; waveform?: string } = {},
): Promise<Media> {
  return by.upload('media.upload', bytes, input);
}

export async function openFileWorld(): Promise<FileWorld> {
  const store = memoryMedia('https://media.test');
  const world = await createWorld({ ports: { media: store } });
  return {
    world,
    file: (key) => store.file(key),
    kept: (url) => (url === undefined ? undefined : store.file(keyOf(url))),
    async pair() {
      const [ada, ben, eve] = [await world.join('Ada'), await world.join('Ben'), await world.join('Eve')];
      await world.match(ada, ben);
      const { id: conversationId } = await ada.call('conversations.openDirect', { userId: ben.userId });
      return {
        ada,
        ben,
        eve,
        conversationId,
        send: (by, mediaId, more) => by.call('messages.send', { conversationId, clientId: crypto.randomUUID(), mediaId, ...more }),
        linksOf: async (by, ...messageIds) => (await by.call('messages.mediaLinks', { conversationId, messageIds })).items,
      };
    },
    async pass(hours, ...again) {
      world.clock.pass(hours * 3600);
      await world.platform.jobs.runDue();
      for (const device of again) device.tokens = (await world.signIn(device)).tokens;
    },
  };
}
