import type { Push, PushMessage, PushResult } from '@app/domain';

type Provider = PushMessage['provider'];

/** Hands each push to the service that knows its token. */
export function pushesBy(services: Readonly<Record<Provider, Push>>): Push {
  const providers = Object.keys(services) as Provider[];
  return {
    async send(messages) {
      const results: PushResult[] = [];
      await Promise.all(
        providers.map(async (provider) => {
          const places = messages.flatMap((message, place) => (message.provider === provider ? [{ message, place }] : []));
          if (places.length === 0) return;
          const answers = await services[provider].send(places.map(({ message }) => message));
          for (const [n, { place }] of places.entries()) results[place] = answers[n] ?? { status: 'later', reason: 'no answer' };
        }),
      );
      return results;
    },
    // Only Expo gives out tickets.
    receipts: (tickets) => services.expo.receipts(tickets),
  };
}

/** Where no push service is set up and nobody reads an outbox: what is sent is refused, and noted as that. */
export function noPush(): Push {
  return {
    send: async (messages) => messages.map(() => ({ status: 'refused', reason: 'No push service is set up.' })),
    receipts: async () => new Map(),
  };
}
