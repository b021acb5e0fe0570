// @vitest-environment happy-dom
import { act } from '@testing-library/react';
import { afterEach, expect, it, vi } from 'vitest';
import { useChat, useDraft } from '../../src/react/index';
import { refuse } from '../core/stand-in-server';
import { caughtUp } from './chats';
import { show, until } from './screen';
import { startWorld, type World } from './world';

afterEach(() => {
  vi.useRealTimers();
});

function useWriting(conversationId: string) {
  const { conversation } = useChat(conversationId);
  return { ...useDraft(conversation), isThere: conversation !== undefined };
}

async function writing(world: World) {
  const client = world.device('ada');
  const { queryClient } = await caughtUp(client);
  const screen = show(client, useWriting, { initialProps: world.conversationId, queryClient });
  await until(() => screen.now.isThere);
  return screen;
}

const saved = (world: World) => world.server.callsOf('conversations.saveDraft').map(({ input }) => input.text);
const turn = () => new Promise((resolve) => setImmediate(resolve));

it('is saved once one pauses, not at each key stroke, and at once when it is sent', async () => {
  const world = await startWorld();
  const screen = await writing(world);
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  for (const text of ['H', 'He', 'Hel']) act(() => screen.now.setDraft(text));
  expect(screen.now.draft).toBe('Hel');
  act(() => void vi.advanceTimersByTime(999));
  await turn();
  expect(saved(world)).toEqual([]);
  act(() => void vi.advanceTimersByTime(1));
  while (saved(world).length === 0) await turn();
  vi.useRealTimers();
  await screen.act((now) => now.setDraft(''));
  await until(() => saved(world).length === 2);
  expect(saved(world)).toEqual(['Hel', '']);
});

it('is there on another device, and follows it while nothing is written here', async () => {
  const world = await startWorld();
  world.draft('ada', 'on the phone');
  const screen = await writing(world);
  expect(screen.now.draft).toBe('on the phone');
  world.draft('ada', 'on the phone still');
  await until(() => screen.now.draft === 'on the phone still');
  await screen.act((now) => now.setDraft('here'));
  world.draft('ada', 'late from the phone');
  world.write('ben', 'meanwhile');
  await until(() => screen.now.draft === 'here');
  screen.unmount();
  await until(() => saved(world).at(-1) === 'here');
});

it('stays where it could not be saved, until it can', async () => {
  const world = await startWorld();
  const screen = await writing(world);
  world.server.on('conversations.saveDraft', () => refuse('RATE_LIMITED', { retryAfterSeconds: 1 }));
  await screen.act((now) => now.setDraft('not lost'));
  await until(() => saved(world).length > 0);
  expect(screen.now.draft).toBe('not lost');
  world.server.on('conversations.saveDraft', ({ input }) => world.draft('ada', String(input.text)));
  screen.unmount();
  await until(() => world.conversationOf('ada').draft?.text === 'not lost');
});
