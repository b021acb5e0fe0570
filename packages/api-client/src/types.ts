/** The public surface of the client, in types. What travels is in `wire.ts`. */
import type { AxiosRequestConfig } from 'axios';
import type { ApiError } from './errors';
import type {
  Api,
  Endpoints,
  EventMap,
  FileKey,
  MediaKind,
  Message,
  MessageQuote,
  Platform,
  PresenceState,
  SignalMap,
  Tokens,
} from './wire';

/** `messages.send`, `users.me`, … */
export type EndpointId = keyof Endpoints;
/** What an endpoint takes: `EndpointInput<'messages.send'>`. */
export type EndpointInput<Id extends EndpointId> = Endpoints[Id]['input'];
/** What an endpoint answers: `EndpointOutput<'messages.send'>`. */
export type EndpointOutput<Id extends EndpointId> = Endpoints[Id]['output'];
/** `message:created`, `call:incoming`, … */
export type EventName = keyof EventMap;
/** `typing:started`, `call:sdp_offer`, … */
export type SignalName = keyof SignalMap;

/** Ends a subscription. Calling it twice does nothing. */
export type Unsubscribe = () => void;

/**
 * A file to upload: a `Blob` or `File` where there are such, `{ uri, name, type }` in React Native, bytes in Node.
 */
export type FileToSend = BlobToSend | Uint8Array | { uri: string; name: string; type: string };

/** The part of `Blob` by which it is known. */
export interface BlobToSend {
  readonly size: number;
  readonly type: string;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export interface UploadProgress {
  /** Bytes sent so far. */
  loaded: number;
  /** Bytes to send in all, where that is known. */
  total?: number;
}

export interface CallOptions {
  /** Cancels the call: it rejects with code `CANCELLED`. What the server has begun it may still finish. */
  signal?: AbortSignal;
  /** Called while the body is being sent. The call goes over HTTP then. */
  onUploadProgress?: (progress: UploadProgress) => void;
  /** Makes repeats of a write by the caller itself count as one. The client makes one for each call that needs it. */
  idempotencyKey?: string;
  /** How long one attempt may take, in milliseconds; 0 for no limit. Default: the client's; none with `onUploadProgress`. */
  timeoutMs?: number;
  /** How often a call that is safe to repeat is repeated. */
  retries?: number;
}

/** Now or later. */
export type MaybePromise<T> = T | Promise<T>;

/** Where tokens are read from and written to. Each function may be asynchronous. */
export interface TokenFunctions {
  getToken?: () => MaybePromise<string | null | undefined>;
  getRefreshToken?: () => MaybePromise<string | null | undefined>;
  /** A new pair, to be kept: after a refresh, and after every way to sign in. */
  onTokenRefreshed?: (tokens: Tokens) => MaybePromise<void>;
  /** The pair is worth nothing any more: before `onSignedOut` and `onAuthFailure`. */
  clearTokens?: () => MaybePromise<void>;
  /**
   * A random text of 16 to 128 letters, digits, `_` and `-` that stays the same on this device, sent as `X-Device-Id` by calls
   * that sign in. By it a device is known again: it is not reported as new, and nobody can lock it out by guessing passwords.
   */
  getDeviceId?: () => MaybePromise<string | undefined>;
}

/** One thing the client did, for `debug`. It never carries tokens, inputs or answers. */
export interface DebugEntry {
  kind: 'call' | 'answer' | 'retry' | 'refresh' | 'socket' | 'fault';
  /** In words: `messages.send by socket`, `connected`, `a listener of message:created threw`. */
  message: string;
  /** What was caught, where something was. */
  error?: unknown;
}

/** The part of the browsers' `WebSocket` that the client uses; `ws` has it too. */
export interface WebSocketLike {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: never) => void) | null;
  onclose: ((event: never) => void) | null;
  onerror: ((event: never) => void) | null;
  send(data: string): void;
  close(code?: number, reason?: string): void;
}

/** The part of React Native's `AppState` that the client uses. */
export interface AppStateLike {
  readonly currentState?: string | null;
  addEventListener(type: 'change', listener: (state: string) => void): { remove(): void };
}

/** The part of `@react-native-community/netinfo` that the client uses. */
export interface NetInfoLike {
  addEventListener(listener: (state: { readonly isConnected: boolean | null }) => void): Unsubscribe;
}

export interface ClientSettings extends TokenFunctions {
  /** Sent as `X-Platform`, so that the list of devices can tell. */
  platform?: Platform;
  /** Sent as `X-App-Version`. */
  appVersion?: string;
  /** The session cannot be saved: show the sign-in page. Called once for each session that is lost. */
  onAuthFailure?: (error: ApiError) => MaybePromise<void>;
  /** After `auth.logout()`, `auth.logoutAll()` and `users.deleteMe()`. */
  onSignedOut?: () => MaybePromise<void>;
  /** How long one attempt of a call may take, in milliseconds. Default: 15,000. */
  timeoutMs?: number;
  /** How often a call that is safe to repeat is repeated, after 1 s, 2 s, 4 s, … Default: 3. */
  retries?: number;
  /** `true` writes to `console.debug`; a function gets the entries. */
  debug?: boolean | ((entry: DebugEntry) => void);
  /** The socket's constructor, where there is no global one: `WebSocket` of the package `ws` in Node 20. */
  WebSocket?: new (
    url: string,
  ) => WebSocketLike;
  /**
   * Keeps unsent messages over restarts: `storedOutbox(AsyncStorage)`. Default: IndexedDB, where there is one; null: nothing is kept.
   */
  outboxStore?: OutboxStore | null;
  /**
   * Whether the tabs of a browser that are signed in as the same user share one socket, which one of them holds. Default: true, where the
   * browser has Web Locks and `BroadcastChannel`.
   */
  shareSocket?: boolean;
  /** React Native's `AppState`: the socket closes while the app is in the background, so that pushes come, and opens with it. */
  appState?: AppStateLike;
  /** `NetInfo` of `@react-native-community/netinfo`: the socket notices at once when the network goes and comes. */
  netInfo?: NetInfoLike;
  /** Given to axios as it is: an adapter, headers, a proxy. */
  axios?: AxiosRequestConfig;
}

/** Settings that depend on where the app runs. */
export interface EnvironmentSettings extends Partial<ClientSettings> {
  /** Address of the API, version included: `https://api.example.com/api/v1`. In browsers it may begin with `/`. */
  baseURL: string;
}

/** Either `baseURL`, or `environments` by name with the one that is meant; the environment's settings win. */
export type ClientConfig = ClientSettings &
  (
    | { baseURL: string; environment?: undefined; environments?: Readonly<Record<string, EnvironmentSettings>> }
    | { baseURL?: string; environment: string; environments: Readonly<Record<string, EnvironmentSettings>> }
  );

export type SessionStatus = 'unknown' | 'signedIn' | 'signedOut';

/** Whether someone is signed in, as far as this device knows. */
export interface SessionState {
  /** `unknown` until `restore()`, a sign-in, or a sign-out. */
  readonly state: SessionStatus;
  /** Known after a sign-in, after `users.me()`, or once the socket is open. */
  readonly userId: string | undefined;
  /** Called after each change of `state` or `userId`. */
  onChange(listener: () => void): Unsubscribe;
  /** Looks for tokens, without a network. Call it when the app starts. A store that fails counts as an empty one. */
  restore(): Promise<SessionStatus>;
}

/** Why the socket is not connected. */
export type RealtimeReason =
  /** `disconnect()` was called, or `connect()` was not yet. */
  | 'disconnected'
  /** Nobody is signed in, or the session was lost. */
  | 'signedOut'
  /** There is no `WebSocket` here; calls go over HTTP, events do not come. */
  | 'unsupported'
  /** The connection broke or could not be made. */
  | 'network'
  /** The server did not answer a ping, or missed ours. */
  | 'silent'
  /** The server is restarting. */
  | 'restarting'
  /** This device read too slowly. */
  | 'slowReader'
  /** The access token was refused; a new one is being fetched. */
  | 'unauthenticated'
  /** The server says the session is gone; it is being verified. */
  | 'revoked'
  /** The app is in the background; it connects when it comes to the front. */
  | 'background';

/** A value that is replaced, never changed: compare it by identity. */
export interface RealtimeStatus {
  /** `reconnecting` after a connection that was lost, `connecting` before the first; `stopped` until `connect()` is called again. */
  readonly state: 'idle' | 'connecting' | 'connected' | 'reconnecting' | 'stopped';
  readonly connected: boolean;
  /** Connected, and everything that was missed has been delivered. */
  readonly caughtUp: boolean;
  /** Why it is not connected. */
  readonly reason?: RealtimeReason;
  /** When it tries again, by this device's clock, in milliseconds; once that is over, it does. Left out where it waits for something else. */
  readonly retryAt?: number;
  /** The device says that it has no network. */
  readonly offline: boolean;
}

/** A place in a user's log: this device has heard everything up to it. */
export interface RealtimePlace {
  readonly userId: string;
  readonly seq: number;
}

export interface EventMeta {
  /** The event's place in the user's log; only durable events have one. */
  readonly seq?: number;
}

/**
 * The stream of events. Durable ones come in order and once, over any number of reconnects.
 * The first connection starts at the present: whatever was loaded before `caughtUp` may be older, and should be loaded again.
 */
export interface Realtime {
  readonly status: RealtimeStatus;
  /** What this device has heard so far; `undefined` before the first connection. */
  readonly place: RealtimePlace | undefined;
  /**
   * Has the first connection go on from there instead of beginning at the present: for an app that has kept what it knew at that place.
   * `onReset` tells where that is not possible. Does nothing after the first connection.
   */
  resumeFrom(place: RealtimePlace): void;
  /** Connects, and stays connected. While it waits to reconnect, it tries at once. */
  connect(): void;
  /** Closes the socket. `connect()` later goes on from where it was. */
  disconnect(): void;
  /** Keeps the socket open in the background too, until the returned function is called: a call goes on there. */
  stayInBackground(): Unsubscribe;
  /** A listener that throws harms nobody else; `debug` hears of it. */
  on<E extends EventName>(event: E, listener: (data: EventMap[E], meta: EventMeta) => void): Unsubscribe;
  /** Called after each change of `status`. */
  onStatus(listener: (status: RealtimeStatus) => void): Unsubscribe;
  /** The device was away for too long, its missed events are gone: load everything anew. */
  onReset(listener: () => void): Unsubscribe;
  /**
   * Sends a signal to the others concerned. Resolves when the server has taken it.
   * Rejects with `ApiError`: as the server refuses it, or with `NETWORK_ERROR` when not connected.
   */
  emit<S extends SignalName>(signal: S, data: SignalMap[S]): Promise<void>;
}

/** What can be seen or heard as it is. */
export type OpenMediaKind = Exclude<MediaKind, 'encrypted'>;

/**
 * A file that is to be sent in a message. Where the conversation is encrypted, what is said of it here is all that anybody is told, and the
 * file goes to the other one as it is: take out of it before what is not for them, such as where a picture was taken.
 */
export interface MediaToSend {
  /** What the app takes it for, to show it until it is sent; the service finds out by itself. */
  readonly kind: OpenMediaKind;
  readonly file: FileToSend;
  /** Of a video, and in an encrypted conversation of an image: a small picture that is shown until all of it is wanted. */
  readonly poster?: FileToSend;
  /** Of audio: how loud it is from its beginning to its end, at most 64 numbers from 0 to 100. */
  readonly waveform?: readonly number[];
  /** As the app knows them, to show it until it is sent: in pixels, in milliseconds. */
  readonly width?: number;
  readonly height?: number;
  readonly durationMs?: number;
}

/** A file on its way. */
export interface OutgoingMedia extends MediaToSend {
  /** How much of it is uploaded, from 0 to 1. */
  readonly progress?: number;
  /** Once it is uploaded: what it is called there. */
  readonly mediaId?: string;
  /** Where it was encrypted before it was uploaded: what the message says of it. */
  readonly sealed?: SealedFile;
}

/** What an encrypted message says of its file: what it is, and what opens it. The service is told neither. */
export interface SealedFile {
  readonly kind: OpenMediaKind;
  readonly contentType: string;
  readonly width: number | null;
  readonly height: number | null;
  readonly durationMs: number | null;
  readonly waveform: readonly number[] | null;
  /** What opens it. */
  readonly keys: string;
  /** The small picture of it. */
  readonly picture: { readonly contentType: string; readonly keys: string } | null;
}

/** A file that was encrypted on this device: what is uploaded of it, and what goes into the message. */
export interface SealedMedia {
  readonly file: FileToSend;
  readonly poster?: FileToSend;
  readonly about: SealedFile;
}

/** A message with a file, as far as it takes to find and open that. */
export type MessageWithFile = Pick<Message, 'conversationId' | 'senderId' | 'clientId' | 'envelope' | 'media'> & {
  /** Null while it is on its way. */
  readonly id: string | null;
};

/** A file, or the small picture of it, as its sender had it. */
export interface OpenedFile {
  readonly bytes: ArrayBuffer;
  readonly contentType: string;
}

/** A message on its way. Replaced at each change, never changed: compare it by identity. */
export interface OutgoingMessage {
  readonly clientId: string;
  readonly conversationId: string;
  /** Empty where a file is sent without words. */
  readonly text: string;
  /** The file that is sent with it. */
  readonly media?: OutgoingMedia;
  /** What it answers. */
  readonly replyTo?: MessageQuote;
  /** When it was written, by the server's clock as far as that is known, ISO 8601. Its place does not depend on it. */
  readonly createdAt: string;
  /** `queued` waits for its turn or for the network; `failed` was refused and waits for `retry` or `discard`. */
  readonly state: 'queued' | 'sending' | 'failed';
  /** Why it was refused. */
  readonly error?: { readonly code: string; readonly message: string };
  /** Who wrote it, where that was known: a stored message is never sent in another user's name. */
  readonly senderId?: string;
}

/** Where unsent messages survive a restart. */
export interface OutboxStore {
  load(): MaybePromise<readonly OutgoingMessage[]>;
  save(items: readonly OutgoingMessage[]): MaybePromise<void>;
}

/** Unsent messages: first in, first out in each conversation. Emptied when the user signs out. */
export interface Outbox {
  /** Takes the message, words or a file or both, and sends it when its turn comes and the network allows. */
  send(message: { conversationId: string; text?: string; media?: MediaToSend; replyTo?: MessageQuote }): OutgoingMessage;
  /** What is unsent, oldest first. The same array until something changes. */
  list(conversationId: string): readonly OutgoingMessage[];
  /** Called after each change of any list. */
  subscribe(listener: () => void): Unsubscribe;
  /** The answer of a send, just before the message leaves its list. */
  onSent(listener: (message: Message) => void): Unsubscribe;
  /** Queues a failed message again, behind the others. */
  retry(clientId: string): void;
  /** Forgets a message. The upload of its file ends, and it is not sent then; one that is being sent itself may arrive all the same. */
  discard(clientId: string): void;
}

/** Whether the people whom the app shows are here, kept up to date while the socket is connected. */
export interface PresenceWatch {
  /** `undefined` where nothing is to be seen, or nothing is known yet. The same value until it changes. */
  of(userId: string): PresenceState | undefined;
  /** These are shown until the returned function is called. Of more than 200 people those that were added last are watched. */
  watch(userIds: readonly string[]): Unsubscribe;
  /** Called after each change of what is known of anybody. */
  subscribe(listener: () => void): Unsubscribe;
}

/** All of a file, or the small picture of it. */
export type FilePart = 'file' | 'picture';

/** What stands between the client and the service where conversations are encrypted: `createEncryption` makes one. */
export interface MessageLayer {
  /** What is sent in the place of the input of `messages.send`, `messages.edit` and `conversations.saveDraft`. Rejects where it must not leave the device. */
  seal(id: string, input: object, file?: SealedFile): Promise<object>;
  /** A file as it is uploaded for this conversation; undefined where that is as it is. Rejects where it must not leave the device. */
  sealFile(conversationId: string, media: MediaToSend): Promise<SealedMedia | undefined>;
  /** Opens what was loaded of the file of an encrypted message; undefined where that is not what was sent. Rejects where it cannot be opened here. */
  openFile(message: MessageWithFile, part: FilePart, loaded: Uint8Array): Promise<OpenedFile | undefined>;
  /** What opens the file of an encrypted message, as the service is handed it in a report. Rejects where it cannot be opened here. */
  fileKey(message: MessageWithFile): Promise<FileKey>;
  /** An answer, or the data of an event, its messages opened as far as that can be done. A promise only where there is something to open. */
  open<T>(data: T): T | Promise<T>;
}

/** What stands behind the methods and the services: everything but the endpoints' groups. */
export interface ClientCore {
  readonly realtime: Realtime;
  readonly outbox: Outbox;
  readonly presenceWatch: PresenceWatch;
  readonly session: SessionState;
  /** Calls an endpoint by its id and its route. The methods of the groups do this for you. */
  request(id: string, route: string, input: object | undefined, options?: CallOptions): Promise<unknown>;
  /** Has everything that is sent and told pass through a layer, one at a time. `retell` tells this app alone of a message that reads otherwise now. */
  through(layer: MessageLayer): { retell(event: 'message:updated', data: EventMap['message:updated']): void; end: Unsubscribe };
  /**
   * The server's time in milliseconds since 1970, however wrong this device's clock is: for a moment that is sent, and for how long it is
   * until one. Learned from the answers to calls over HTTP; by this device's clock before the first.
   */
  now(): number;
  /** Opens what a layer can open in an answer that was kept as the service gave it. A promise only where there is something to open. */
  open<T>(data: T): T | Promise<T>;
  /** Whether a layer is there: without one nothing can be written in encrypted conversations. */
  isSealing(): boolean;
  /** As the layer does; rejects where there is none. `useMediaFile` does this for you. */
  openFile: MessageLayer['openFile'];
  /** As the layer does; rejects where there is none. Whoever has it can open the file: `reports.report` takes it, and nobody else should. */
  fileKey: MessageLayer['fileKey'];
  /** Closes the socket, stops every timer and rejects what is under way. */
  dispose(): void;
}

/** `client.messages.send({ conversationId, clientId, text })`, and everything around it. */
export interface ApiClient extends Api, ClientCore {}
