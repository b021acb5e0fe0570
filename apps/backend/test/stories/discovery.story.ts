import type { ApiClient, EndpointInput, Gender } from '@app/api-client';
import { describe, expect, it } from 'vitest';
import type { World } from '../worlds/world';
import { refusalOf, type Someone, type Story, signUp } from './story';

/** Ages that nobody else in the world has, so that a story meets its own people only. */
let nextAge = 70;

async function people(world: World, genders: readonly Gender[]): Promise<{ readonly age: number; readonly all: readonly Someone[] }> {
  const age = nextAge++;
  const all: Someone[] = [];
  for (const [index, gender] of genders.entries()) all.push(await signUp(world, { name: `Person ${index}`, age, gender }));
  return { age, all };
}

/** Everyone that discovery shows, over all its pages. */
async function everyone(client: ApiClient, filters: EndpointInput<'discovery.discover'>): Promise<string[]> {
  const ids: string[] = [];
  let cursor: string | undefined;
  do {
    const page = await client.discovery.discover({ ...filters, cursor });
    ids.push(...page.items.map((person) => person.id));
    cursor = page.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return ids;
}

const idsOf = (people: readonly Someone[]) => people.map((person) => person.id).sort();

export const discovery: Story = (world) =>
  describe('discovery', () => {
    it('shows people of the wished genders and ages, and never yourself', async () => {
      const { age, all } = await people(world(), ['female', 'male', 'other', 'female']);
      const [me, ben, kim, eve] = all as [Someone, Someone, Someone, Someone];
      const range = { ageMin: age, ageMax: age };
      expect((await everyone(me.client, range)).sort()).toEqual(idsOf([ben, kim, eve]));
      expect((await everyone(me.client, { ...range, genders: ['male', 'other'] })).sort()).toEqual(idsOf([ben, kim]));
      expect((await everyone(me.client, { ...range, genders: ['female'] })).sort()).toEqual([eve.id]);
      expect(await everyone(me.client, { ageMin: age + 20, ageMax: age + 20 })).not.toContain(ben.id);
    });

    it('takes what is not asked for from the preferences', async () => {
      const { age, all } = await people(world(), ['female', 'male', 'other']);
      const [me, ben] = all as [Someone, Someone, Someone];
      await me.client.users.updatePreferences({ discovery: { genders: ['male'], ageMin: age, ageMax: age } });
      expect(await everyone(me.client, {})).toEqual([ben.id]);
    });

    it('leaves out whom you have swiped on and who does not want to be found', async () => {
      const { age, all } = await people(world(), ['female', 'male', 'other', 'female', 'male']);
      const [me, liked, passed, hidden, left] = all as [Someone, Someone, Someone, Someone, Someone];
      await me.client.swipes.swipe({ userId: liked.id, action: 'like' });
      await me.client.swipes.swipe({ userId: passed.id, action: 'pass' });
      await hidden.client.users.updatePreferences({ privacy: { profileVisibility: 'hidden' } });
      const range = { ageMin: age, ageMax: age };
      expect(await everyone(me.client, range)).toEqual([left.id]);
      // Undoing brings the last one back.
      await me.client.swipes.undoSwipe();
      expect((await everyone(me.client, range)).sort()).toEqual(idsOf([passed, left]));
    });

    it('goes through any number of people page by page: each once, none left out', async () => {
      const { age, all } = await people(world(), ['female', 'male', 'other', 'female', 'male', 'other', 'female', 'male']);
      const [me, ...others] = all as [Someone, ...Someone[]];
      const range = { ageMin: age, ageMax: age };
      const shown = await everyone(me.client, { ...range, limit: 3 });
      expect([...shown].sort()).toEqual(idsOf(others));
      // Nothing has happened in between, so one long page shows them in the same order.
      expect(await everyone(me.client, { ...range, limit: 100 })).toEqual(shown);
      const whole = await me.client.discovery.discover({ ...range, limit: 7 });
      expect([whole.items.length, whole.nextCursor]).toEqual([7, null]);
    });

    it('refuses cursors that are not its own, and ranges that end before they begin', async () => {
      const { client } = await signUp(world());
      await refusalOf(client.discovery.discover({ cursor: 'bm90IG91cnM' }), 'INVALID_CURSOR');
      await refusalOf(client.discovery.discover({ cursor: '%%%' }), 'INVALID_CURSOR');
      expect((await refusalOf(client.discovery.discover({ ageMin: 40, ageMax: 30 }), 'INVALID_AGE_RANGE')).details).toEqual({
        ageMin: 40,
        ageMax: 30,
      });
      await refusalOf(client.discovery.discover({ ageMin: 17 }), 'VALIDATION_FAILED');
      await refusalOf(client.discovery.discover({ limit: 101 }), 'VALIDATION_FAILED');
    });
  });
