import { newClientId } from './client-id';
import { createClock } from './clock';
import { settingsOf } from './config';
import { defaultOutboxStore } from './default-outbox-store';
import { createDeliveryReceipts } from './delivery-receipts';
import { ApiError, isApiError, isTokenRefused } from './errors';
import { createHttp } from './http';
import { createDebug } from './listeners';
import { createOutbox } from './outbox';
import { createPresenceWatch } from './presence-watch';
import { createRealtime } from './realtime';
import { withRetries } from './retry';
import { type Route, readRoute } from './route';
import { createSession } from './session';
import { createTokens } from './tokens';
import type { CallOptions, ClientConfig, ClientCore, MessageLayer, SealedFile, WebSocketLike } from './types';
import {
  type ConversationPage,
  coreRoutes,
  type Me,
  type Media,
  type Message,
  type SignedIn,
  type SignInOutcome,
  type Tokens,
} from './wire';

/** One call, from its input to its answer, over as many attempts as it takes. */
interface Job {
  id: string;
  route: Route;
  input: object;
  options: CallOptions;
  signal: AbortSignal;
}

/** Errors of the socket after which the same call may go over HTTP, because the server has not begun it. */
function isForHttp(error: unknown, route: Route): boolean {
  const wasRefused = isTokenRefused(error) || isApiError(error, 'PAYLOAD_TOO_LARGE') || isApiError(error, 'NOT_OVER_SOCKET');
  return wasRefused || (isApiError(error, 'NETWORK_ERROR') && route.isRepeatable);
}

/** The session that the answer of a call brings, where it brings one. */
function signedInBy(id: string, answer: unknown): SignedIn | null | undefined {
  if (/^auth\.(register|registerWithPhone|login)$/.test(id)) return answer as SignedIn;
  return /^auth\.(verifyOtp|firebaseLogin)$/.test(id) ? (answer as SignInOutcome).session : undefined;
}

/** What people write travels in these. */
const isWriting = /^(messages\.(send|edit)|conversations\.saveDraft)$/;

function rejectedWhenAborted(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const abort = () => reject(new ApiError({ code: 'CANCELLED', message: 'The call was cancelled.' }));
    if (signal.aborted) abort();
    else signal.addEventListener('abort', abort);
  });
}

/** Everything of a client but the groups of endpoints: those are bound to its `request`. */
export function createCore(config: ClientConfig): ClientCore {
  const settings = settingsOf(config);
  const { baseURL, timeoutMs = 15_000, retries = 3 } = settings;
  const debug = createDebug(settings.debug);
  const clock = createClock();
  const http = createHttp({ ...settings, clock });
  const underWay = new Set<AbortController>();
  const lifetime = new AbortController();
  /** The user asked to leave: a session that is found to be lost meanwhile is no failure. */
  let isLeaving = false;
  let layer: MessageLayer | undefined;

  const { session, set: setSession } = createSession(settings, debug);

  const tokens = createTokens({
    functions: settings,
    async refresh(refreshToken) {
      debug({ kind: 'refresh', message: 'fetching new tokens' });
      const job = {
        id: 'auth.refreshToken',
        route: readRoute(coreRoutes.refresh),
        input: { refreshToken },
        options: {},
        signal: lifetime.signal,
      };
      return ((await run(job)) as { tokens: Tokens }).tokens;
    },
    onLost(error) {
      debug({ kind: 'refresh', message: 'the session is lost', error });
      const isNews = session.state !== 'signedOut' && !isLeaving;
      setSession('signedOut');
      if (isNews) notify('onAuthFailure', () => settings.onAuthFailure?.(error));
    },
  });

  const open = <T>(data: T): T | Promise<T> => (layer ? layer.open(data) : data);

  const link = createRealtime({
    baseURL,
    WebSocket: settings.WebSocket ?? (globalThis as { WebSocket?: new (url: string) => WebSocketLike }).WebSocket,
    tokens,
    appState: settings.appState,
    netInfo: settings.netInfo,
    isShared: settings.shareSocket !== false,
    timeoutMs,
    debug,
    open,
    onUser: (userId) => setSession('signedIn', userId),
  });
  const { realtime } = link;

  const { outbox, ...keeper } = createOutbox({
    send: async (input, options, file) => (await ask('messages.send', coreRoutes.send, input, options, file)) as Message,
    upload: async (input, options) => (await request('media.upload', coreRoutes.upload, input, options)) as Media,
    sealFile: async (conversationId, media) => layer?.sealFile(conversationId, media),
    session,
    now: clock.now,
    store: settings.outboxStore === undefined ? defaultOutboxStore(baseURL) : (settings.outboxStore ?? undefined),
    debug,
  });
  realtime.on('message:created', ({ message }) => keeper.confirm(message.clientId));
  const deliveries = createDeliveryReceipts({
    tell: (input) => request('conversations.markDelivered', coreRoutes.delivered, input, { retries: 0 }),
    realtime,
    session,
    debug,
  });
  let wasConnected = false;
  realtime.onStatus(({ connected }) => {
    if (connected && !wasConnected) keeper.flush();
    wasConnected = connected;
  });

  const { presenceWatch, ...watchKeeper } = createPresenceWatch(link, debug);

  let lastUser: string | undefined;
  session.onChange(() => {
    const { state, userId } = session;
    const isOther = lastUser !== undefined && userId !== undefined && userId !== lastUser;
    if (state === 'signedOut' || isOther) {
      watchKeeper.forget();
      link.changeUser(state === 'signedOut' ? undefined : userId);
    }
    lastUser = userId;
  });

  /** Calls a function of the app without waiting for it. */
  function notify(name: string, callback: () => unknown): void {
    new Promise((resolve) => resolve(callback())).catch((error: unknown) => debug({ kind: 'fault', message: `${name} failed`, error }));
  }

  /** Makes one call: with a token that is renewed once if it is refused, and again after failures that pass. */
  async function run({ id, route, input, options, signal }: Job): Promise<unknown> {
    const key = options.idempotencyKey ?? (route.takesKey ? newClientId() : undefined);

    async function attempt(token: string | undefined, mayUseSocket: boolean): Promise<unknown> {
      if (mayUseSocket && realtime.status.connected) {
        try {
          debug({ kind: 'call', message: `${id} over the socket` });
          return await link.call(id, input, key, options.timeoutMs);
        } catch (error) {
          if (!isForHttp(error, route) || signal.aborted) throw error;
        }
      }
      debug({ kind: 'call', message: `${id} over HTTP` });
      return http({ route, input, options, signal, token, key });
    }

    const attempts = (token: string | undefined, mayUseSocket: boolean) =>
      withRetries(() => attempt(token, mayUseSocket), {
        times: route.isRepeatable ? (options.retries ?? retries) : 0,
        signal,
        onRetry: (error, delay) => debug({ kind: 'retry', message: `${id} again in ${Math.round(delay)} ms`, error }),
      });

    if (route.isPublic) return attempts(undefined, false);
    const token = await tokens.current();
    try {
      return await attempts(token, route.overSocket && !options.onUploadProgress);
    } catch (error) {
      if (!isTokenRefused(error) || signal.aborted) throw error;
      // The socket was opened with the token that is refused: the new one goes over HTTP.
      return attempts(await tokens.renew(token), false);
    }
  }

  /** What the client itself learns from an answer. */
  async function learn(id: string, answer: unknown): Promise<void> {
    const { user, tokens: pair } = signedInBy(id, answer) ?? {};
    if (user && pair) {
      await tokens.accept(pair);
      setSession('signedIn', user.id);
    } else if (id === 'auth.refreshToken') {
      await tokens.accept((answer as { tokens: Tokens }).tokens);
    } else if (id === 'users.me' && session.state !== 'signedOut') {
      setSession('signedIn', (answer as Me).id);
    } else if (id === 'conversations.list') {
      deliveries.loaded((answer as ConversationPage).items);
    } else if (id === 'auth.logoutAll' || id === 'users.deleteMe') {
      await signOut();
    }
  }

  async function signOut(): Promise<void> {
    await tokens.forget();
    setSession('signedOut');
    await settings.onSignedOut?.();
  }

  /** Signs this device out even when the server cannot be told: what the user wants is to be gone from here. */
  async function leave(job: Job): Promise<unknown> {
    isLeaving = true;
    try {
      return await run({ ...job, options: { retries: 1, ...job.options } });
    } catch (error) {
      if (isApiError(error) && error.isAuthError) return { done: true };
      throw error;
    } finally {
      await signOut();
      isLeaving = false;
    }
  }

  const request: ClientCore['request'] = (id, text, input, options) => ask(id, text, input, options);

  /** `file`: what an encrypted message says of its file. It is not a part of the input, which the service may see. */
  async function ask(id: string, text: string, input: object = {}, options: CallOptions = {}, file?: SealedFile): Promise<unknown> {
    const cancel = new AbortController();
    const abort = () => cancel.abort();
    if (options.signal?.aborted || lifetime.signal.aborted) abort();
    options.signal?.addEventListener('abort', abort);
    underWay.add(cancel);
    try {
      const { signal } = cancel;
      const aborted = rejectedWhenAborted(signal);
      if (signal.aborted) return await aborted;
      const sealed = layer && isWriting.test(id) ? await Promise.race([aborted, layer.seal(id, input, file)]) : input;
      const job = { id, route: readRoute(text), input: sealed, options, signal };
      const answer = await Promise.race([aborted, id === 'auth.logout' ? leave(job) : run(job)]);
      debug({ kind: 'answer', message: id });
      await learn(id, answer);
      return await open(answer);
    } catch (error) {
      debug({ kind: 'answer', message: `${id} failed`, error });
      throw error;
    } finally {
      underWay.delete(cancel);
      options.signal?.removeEventListener('abort', abort);
    }
  }

  function opening(): MessageLayer {
    if (layer === undefined)
      throw new ApiError({ code: 'CONVERSATION_ENCRYPTED', status: 409, message: 'Nothing is opened on this device.' });
    return layer;
  }

  return {
    realtime,
    outbox,
    presenceWatch,
    session,
    request,
    now: clock.now,
    open,
    isSealing: () => layer !== undefined,
    openFile: async (...asked) => opening().openFile(...asked),
    fileKey: async (message) => opening().fileKey(message),
    through(next) {
      layer = next;
      return {
        retell: link.tell,
        end() {
          if (layer === next) layer = undefined;
        },
      };
    },
    dispose() {
      lifetime.abort();
      keeper.dispose();
      watchKeeper.dispose();
      deliveries.dispose();
      realtime.disconnect();
      for (const cancel of underWay) cancel.abort();
    },
  };
}
