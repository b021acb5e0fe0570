import type { QueryClient } from '@tanstack/react-query';
import type { ApiClient } from '../../src/index';
import { type ChatMessage, type UseChatOptions, useChat, useRealtimeStatus } from '../../src/react/index';
import { type Screen, show, until } from './screen';
import type { World } from './world';

/** A socket that never opens: what is said goes over HTTP, and no events come. */
export class NoSocket {
  constructor() {
    throw new Error('There are no sockets here.');
  }
}

export type Chat = ReturnType<typeof useChat>;
export const texts = ({ messages }: Chat) => messages.map(({ text }) => text);
export const last = ({ messages }: Chat): ChatMessage | undefined => messages.at(-1);

export function open(
  world: World,
  client: ApiClient,
  options?: UseChatOptions,
  queryClient?: QueryClient,
): Screen<Chat, UseChatOptions | undefined> {
  return show(client, (props: UseChatOptions | undefined) => useChat(world.conversationId, props), { initialProps: options, queryClient });
}

export async function caughtUp(client: ApiClient) {
  const status = show(client, useRealtimeStatus);
  await until(() => status.now.caughtUp);
  return status;
}

/** A chat that is loaded, on a device that has caught up: what happens from now on comes by events alone. */
export async function opened(world: World, client: ApiClient, options?: UseChatOptions) {
  const { queryClient } = await caughtUp(client);
  const chat = open(world, client, options, queryClient);
  await until(() => !chat.now.isLoading);
  return chat;
}

/** From the first render that shows a text on, every render shows it, once. */
export function isSteady({ renders }: { renders: Chat[] }, text: string): boolean {
  const counts = renders.map((render) => texts(render).filter((one) => one === text).length);
  return counts.slice(counts.findIndex((count) => count > 0)).every((count) => count === 1);
}
