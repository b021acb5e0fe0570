import { afterAll, afterEach, beforeAll, describe } from 'vitest';
import type { World } from '../worlds/world';
import { blocking } from './blocking.story';
import { calling } from './calling.story';
import { chat } from './chat.story';
import { discovery } from './discovery.story';
import { encryption } from './encryption.story';
import { befriending } from './friends.story';
import { groups } from './groups.story';
import { leaving } from './leaving.story';
import { matching } from './matching.story';
import { media } from './media.story';
import { moderating } from './moderating.story';
import { nearby } from './nearby.story';
import { notifications } from './notifications.story';
import { photos, profiles } from './photos.story';
import { presence } from './presence.story';
import { proving } from './proving.story';
import { outbox, realtime } from './realtime.story';
import { reporting } from './reporting.story';
import { settings } from './settings.story';
import { devices, signingIn } from './signing-in.story';
import type { Story } from './story';
import { tokens } from './tokens.story';

export const stories: readonly Story[] = [
  signingIn,
  proving,
  devices,
  tokens,
  settings,
  discovery,
  nearby,
  photos,
  media,
  profiles,
  matching,
  befriending,
  leaving,
  blocking,
  reporting,
  moderating,
  chat,
  groups,
  notifications,
  realtime,
  presence,
  outbox,
  calling,
];

/** They take WebAssembly a while: `npm test` tells them in one world, `npm run test:slow` in the others. */
export const heavyStories: readonly Story[] = [encryption];

/** Tells stories, all of them unless it is said, in one world. */
export function tellAll(name: string, open: () => Promise<World>, told: readonly Story[] = [...stories, ...heavyStories]): void {
  describe(`stories in ${name}`, () => {
    let world: World | undefined;
    beforeAll(async () => {
      world = await open();
    });
    afterEach(() => world?.disposeClients());
    afterAll(() => world?.close());

    for (const story of told) {
      story(() => {
        if (world === undefined) throw new Error('The world is not open yet.');
        return world;
      });
    }
  });
}
