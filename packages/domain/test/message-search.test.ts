import * as fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { wellFormed } from '../src/encoding';
import { wordsOf } from '../src/messages/words';
import { createWorld, type Device, type World } from './world';

let world: World;
let ada: Device;
let ben: Device;
let conversationId: string;

beforeAll(async () => {
  world = await createWorld();
});
beforeEach(async () => {
  [ada, ben] = [await world.join('Ada'), await world.join('Ben')];
  await world.match(ada, ben);
  conversationId = (await ada.call('conversations.openDirect', { userId: ben.userId })).id;
});
afterAll(() => world.close());

function send(from: Device, text: string) {
  return from.call('messages.send', { conversationId, clientId: crypto.randomUUID(), text });
}

async function find(who: Device, q: string) {
  return (await who.call('messages.search', { q, limit: 20 })).items.map(({ text }) => text);
}

it.each([
  ['Olá, Benê!', "'Olá':* & 'Benê':*"],
  ["it's 'quoted' & | ! ( ) : * \\", "'it':* & 's':* & 'quoted':*"],
  ['!?… 🦊', undefined],
])('takes the words out of %s', (text, words) => {
  expect(wordsOf(text)?.query).toBe(words);
});

it('finds words in any script and case, and nothing by what is no word', async () => {
  await send(ada, 'Привет, Мир!');
  await send(ada, 'Olá Benê');
  expect(await find(ben, 'МИР')).toEqual(['Привет, Мир!']);
  expect(await find(ben, 'olá ben')).toEqual(['Olá Benê']);
  for (const q of ["' or 1=1 --", '🦊', ':*', '&']) expect(await find(ben, q)).toEqual([]);
});

it('finds the words of addresses, numbers and what is hyphenated', async () => {
  await send(ada, 'Book at https://www.river-house.example/rooms?for=two, from <19.30> on, or write to ben.b@mail.example');
  for (const q of ['river', 'house', 'rooms two', '30', 'mail.example', 'ben_b']) expect(await find(ben, q)).toHaveLength(1);
});

it('takes whatever anybody writes', { timeout: 60_000 }, async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', minLength: 1, maxLength: 200 }),
    fc.string({ unit: fc.constantFrom("'", '\\', ' ', '.', '/', 'a', '1', '-', '<', '&', 'é', '字', '़'), minLength: 1, maxLength: 60 }),
  );
  await fc.assert(
    fc.asyncProperty(text, async (odd) => {
      const written = `okapi ${wellFormed(odd.replaceAll('\0', ''))}`.trim();
      const { id: messageId } = await send(ada, written);
      expect(await find(ben, 'okapi')).toEqual([written]);
      await ada.call('messages.delete', { messageId });
    }),
    { numRuns: 100 },
  );
});

it('reads what it says by now', async () => {
  const { id: messageId } = await send(ada, 'zebra');
  await ada.call('messages.edit', { messageId, text: 'giraffe' });
  expect([await find(ben, 'zebra'), await find(ben, 'giraffe')]).toEqual([[], ['giraffe']]);
});

it('leaves out what one has deleted for oneself', async () => {
  const { id: messageId } = await send(ada, 'walrus');
  await ben.call('messages.hide', { messageId });
  expect([await find(ada, 'walrus'), await find(ben, 'walrus')]).toEqual([['walrus'], []]);
});

it('finds nothing with somebody who is hidden', async () => {
  await send(ben, 'ostrich');
  await world.block(ben, ada);
  expect(await find(ada, 'ostrich')).toEqual([]);
  expect(await find(ben, 'ostrich')).toEqual([]);
});

it('finds each message once, page by page, whatever is written meanwhile', async () => {
  const cleo = await world.join('Cleo');
  await world.match(ada, cleo);
  const withCleo = (await ada.call('conversations.openDirect', { userId: cleo.userId })).id;
  const say = (from: Device, to: string, text: string) =>
    from.call('messages.send', { conversationId: to, clientId: crypto.randomUUID(), text });
  const said: string[] = [];
  for (const [n, to] of [withCleo, conversationId, withCleo, conversationId, conversationId].entries()) {
    await say(ada, to, `lemur ${n}`);
    await say(ada, to, 'nothing of the kind');
    said.push(`${to} lemur ${n}`);
  }
  // With Ben it was spoken last.
  const expected = [4, 3, 1, 2, 0].map((n) => said[n]);
  for (const limit of [1, 2, 3, 5]) {
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await ada.call('messages.search', { q: 'lemur', limit, cursor });
      found.push(...page.items.map(({ conversationId: at, text }) => `${at} ${text}`));
      cursor = page.nextCursor ?? undefined;
      // Which puts that conversation before the other one, for searches to come.
      await say(cleo, withCleo, 'and one more');
      await say(ada, conversationId, 'one more lemur?');
    } while (cursor !== undefined);
    expect(found.filter((each) => !each.includes('one more'))).toEqual(expected);
    expect(found.slice(-expected.length)).toHaveLength(expected.length);
  }
});

it('refuses a cursor that is not its own', async () => {
  const cursor = btoa(JSON.stringify(['messages', 1])).replace(/=+$/, '');
  expect(await ada.refusal('messages.search', { q: 'x', cursor })).toMatchObject({ code: 'INVALID_CURSOR' });
});
