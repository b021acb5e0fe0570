import type { BrowserContext } from 'playwright-core';

type Handler = (body: unknown) => unknown;

/**
 * What the Firebase SDK, and the frame of the emulator that it opens, ask of Google's script: a line between a page and a frame in
 * it, on which each can be asked and answers. Runs in the page, so it knows nothing but what stands in it.
 */
function lineBetweenFrames(): void {
  const line = (other: () => Window | null, ready?: Promise<unknown>) => {
    const handlers = new Map<string, Handler>();
    const asked = new Map<string, (answers: unknown[]) => void>();
    window.addEventListener('message', ({ source, data }) => {
      if (source !== other()) return;
      // The SDK throws at whoever brings it an answer, also where it took it; Google’s script keeps that to itself.
      if ('answer' in data)
        Promise.resolve([data.answer])
          .then(asked.get(data.id))
          .catch(() => undefined);
      else if (handlers.has(data.name)) other()?.postMessage({ id: data.id, answer: handlers.get(data.name)?.(data.body) }, '*');
    });
    return {
      register: (name: string, handler: Handler) => handlers.set(name, handler),
      send(name: string, body: unknown, done: (answers: unknown[]) => void) {
        const id = String(Math.random());
        asked.set(id, done);
        other()?.postMessage({ id, name, body }, '*');
      },
      restyle: async () => undefined,
      ping: async () => ready,
    };
  };
  const context = {
    open({ where, url }: { where: HTMLElement; url: string }, opened: (frame: ReturnType<typeof line>) => unknown) {
      const frame = Object.assign(document.createElement('iframe'), { src: url, hidden: true });
      const ready = new Promise((resolve) => frame.addEventListener('load', resolve));
      where.append(frame);
      return opened(line(() => frame.contentWindow, ready));
    },
    getParentIframe: () => line(() => window.parent),
  };
  const load = (_: string, { callback }: { callback(): void }) => callback();
  Object.assign(window, { gapi: { load, iframes: { getContext: () => context } } });
  const script = document.currentScript;
  const name = script instanceof HTMLScriptElement ? new URL(script.src).searchParams.get('onload') : null;
  const begin: unknown = Reflect.get(window, name ?? 'gapi_onload');
  if (typeof begin === 'function') begin();
}

/** Answers for apis.google.com, which tests do not ask: the SDK opens no window without its script. */
export async function standInForGoogle(context: BrowserContext): Promise<void> {
  const body = `(${lineBetweenFrames.toString()})()`;
  await context.route('https://apis.google.com/js/api.js*', (route) => route.fulfill({ contentType: 'text/javascript', body }));
}
