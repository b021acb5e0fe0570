import { useEffect, useSyncExternalStore } from 'react';
import type { ApiClient } from '../types';
import type { MediaLink, Message } from '../wire';
import { useApi } from './provider';
import { perClient } from './store';

/** Asked for anew so long before it ends, in milliseconds: what was begun to be loaded by it comes to its end. */
const spareMs = 10 * 60_000;
/** As many are asked for at once, at most. */
const mostAsked = 50;
/** After so long it is asked again where it could not be answered, in milliseconds. */
const againMs = 5_000;

/** The links of one client, for all components: those that are wanted within one moment are asked for together. */
const linksOf = perClient((client: ApiClient) => {
  const links = new Map<string, MediaLink | null>();
  const listeners = new Set<() => void>();
  const wanted = new Map<string, Set<string>>();
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };

  async function ask(conversationId: string, ids: readonly string[]): Promise<void> {
    try {
      const { items } = await client.messages.mediaLinks({ conversationId, messageIds: [...ids] });
      for (const id of ids) links.set(id, null);
      for (const link of items) links.set(link.messageId, link);
    } catch {
      for (const id of ids) links.delete(id);
      const again = () => {
        for (const id of ids) want(conversationId, id);
      };
      if (listeners.size > 0) setTimeout(again, againMs);
    }
    tell();
  }

  function flush(): void {
    for (const [conversationId, ids] of wanted) {
      const all = [...ids];
      for (let from = 0; from < all.length; from += mostAsked) void ask(conversationId, all.slice(from, from + mostAsked));
    }
    wanted.clear();
  }
  function want(conversationId: string, messageId: string): void {
    const link = links.get(messageId);
    if (link === null || (link !== undefined && Date.parse(link.expiresAt) - client.now() > spareMs)) return;
    if (wanted.size === 0) setTimeout(flush, 0);
    const ofThis = wanted.get(conversationId);
    if (ofThis === undefined) wanted.set(conversationId, new Set([messageId]));
    else ofThis.add(messageId);
  }

  client.session.onChange(() => {
    if (client.session.state === 'signedOut') links.clear();
  });

  return {
    get: (messageId: string) => links.get(messageId),
    want,
    subscribe(listener: () => void): () => void {
      const own = () => listener();
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
});

/**
 * Where the file of a message is, to show or play it. `undefined`: not known yet, or the message has none; null: it is not there any more.
 * Links of messages that are shown at once are asked for together, and anew before they end.
 */
export function useMediaLink(message: Pick<Message, 'conversationId' | 'media'> & { id: string | null }): MediaLink | null | undefined {
  const client = useApi();
  const desk = linksOf(client);
  const { conversationId } = message;
  const id = message.media === null ? null : message.id;
  const read = () => (id === null ? undefined : desk.get(id));
  const link = useSyncExternalStore(desk.subscribe, read, read);
  const expiresAt = link?.expiresAt;
  useEffect(() => {
    if (id === null || link === null) return undefined;
    if (expiresAt === undefined) {
      desk.want(conversationId, id);
      return undefined;
    }
    const timer = setTimeout(() => desk.want(conversationId, id), Math.max(0, Date.parse(expiresAt) - client.now() - spareMs));
    return () => clearTimeout(timer);
  }, [client, desk, conversationId, id, link, expiresAt]);
  return link;
}
