import { exampleOutput } from '@app/contracts';
import { IDBFactory } from 'fake-indexeddb';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { indexedDbOutbox } from '../../src/indexed-db-outbox';
import type { OutgoingMessage } from '../../src/types';
import { clientOf, never, standInServer, until } from './setting';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
});
afterEach(() => {
  vi.unstubAllGlobals();
});

const outgoing = (text: string): OutgoingMessage => ({
  clientId: `id-${text}`,
  conversationId: 'a',
  text,
  createdAt: '2026-01-15T10:30:00.000Z',
  state: 'queued',
});
const textsIn = async (name = 'outbox') => (await indexedDbOutbox(name).load()).map(({ text }) => text);

describe('an outbox in IndexedDB', () => {
  it('keeps messages in their order, and lets go of those that are sent', async () => {
    const store = indexedDbOutbox('outbox');
    expect(await store.load()).toEqual([]);
    const [one, two, three] = [outgoing('one'), outgoing('two'), outgoing('three')];
    await store.save([two, one, three]);
    expect(await textsIn()).toEqual(['two', 'one', 'three']);
    await store.save([one, { ...two, state: 'failed' }]);
    expect(await indexedDbOutbox('outbox').load()).toEqual([one, { ...two, state: 'failed' }]);
    await store.save([]);
    expect(await textsIn()).toEqual([]);
  });

  it('leaves what another tab has waiting', async () => {
    const [tab, other] = [indexedDbOutbox('outbox'), indexedDbOutbox('outbox')];
    await Promise.all([tab.load(), other.load()]);
    await tab.save([outgoing('mine')]);
    await other.save([outgoing('theirs')]);
    await tab.save([]);
    expect(await textsIn()).toEqual(['theirs']);
  });

  it('is what a client keeps its messages in where there is IndexedDB, by its address, and not where it is told so', async () => {
    const server = await standInServer();
    server.on('messages.send', () => never);
    const before = clientOf(server);
    before.outbox.send({ conversationId: 'a', text: 'kept' });
    await until(() => server.callsOf('messages.send').length === 1);
    await vi.waitFor(async () => expect(await textsIn(`heartline.outbox ${server.baseURL}`)).toEqual(['kept']));
    before.dispose();
    server.on('messages.send', ({ input }) => ({ ...exampleOutput('messages.send'), ...input }));
    const forgetful = clientOf(server, { outboxStore: null });
    const after = clientOf(server);
    await until(() => server.callsOf('messages.send').length === 2);
    await vi.waitFor(async () => expect(await textsIn(`heartline.outbox ${server.baseURL}`)).toEqual([]));
    expect(after.outbox.list('a')).toEqual([]);
    expect(forgetful.outbox.list('a')).toEqual([]);
  });

  it('that cannot be opened keeps no message from being sent', async () => {
    vi.stubGlobal('indexedDB', {
      open: () => {
        throw new Error('not in a private window');
      },
    });
    const server = await standInServer();
    const debug = vi.fn();
    const { outbox } = clientOf(server, { debug });
    outbox.send({ conversationId: 'a', text: 'sent all the same' });
    await until(() => outbox.list('a').length === 0 && server.callsOf('messages.send').length === 1);
    expect(debug).toHaveBeenCalledWith(expect.objectContaining({ kind: 'fault', message: 'the store of the outbox failed' }));
  });
});
