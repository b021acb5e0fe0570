import type { Language, PhotoSize, PushProvider } from '@app/contracts';
import type { JobStore } from '../jobs/store';

/** The outside as the domain sees it. Each port has a local adapter here, so that the platform runs whole by itself. */
export interface Ports {
  readonly passwords: Passwords;
  readonly tokens: Tokens;
  readonly vault: Vault;
  readonly images: Images;
  readonly limits: Limits;
  readonly media: MediaStore;
  /** Counts for every process together. Default: in the database. */
  readonly sharedLimits?: Limits;
  readonly bus: Bus;
  readonly presence: Presence;
  readonly whatsApp: WhatsApp;
  readonly identity: Identity;
  /** What local adapters keep for a developer to read; null where messages really go out. */
  readonly outbox: { readonly entries: readonly OutboxEntry[] } | null;
  readonly places: Places;
  readonly jobs: JobStore;
  readonly mail: Mail;
  readonly sms: Sms;
  readonly push: Push;
}

export interface Mail {
  /** Hands a mail over. Rejects where it was not taken. `id` is the same for each try, so that a repeat can be known as one. */
  send(mail: {
    readonly to: string;
    readonly subject: string;
    readonly text: string;
    readonly html: string;
    readonly id?: string;
  }): Promise<void>;
}

export interface Sms {
  /**
   * Hands a text message over. `to` is a number in E.164; `code`: the one that stands in the text, where it brings one. Answers
   * what delivery reports call the message; null where none come. Rejects where it was not taken.
   */
  send(message: { readonly to: string; readonly text: string; readonly code?: string }): Promise<{ readonly id: string | null }>;
}

/** Something that would have left the platform. */
export interface OutboxEntry {
  readonly channel: 'push' | 'email' | 'sms' | 'whatsapp';
  /** An address, a number, or a push token. */
  readonly to: string;
  readonly subject: string;
  readonly text: string;
  readonly html: string | null;
  /** What a push carries beside its words. */
  readonly data: Readonly<Record<string, string>> | null;
  readonly at: string;
}

/** One push to one device. */
export interface PushMessage {
  readonly provider: PushProvider;
  readonly token: string;
  readonly title: string;
  readonly body: string;
  /** For the app: what was tapped on. */
  readonly data: Readonly<Record<string, string>>;
  /** The number on the app's icon. */
  readonly badge: number;
  /** A push takes the place of an earlier one with the same key that is still shown. */
  readonly collapseKey: string;
}

/**
 * What a push service says to a push.
 * - `sent`: taken. `ticket`: by this the receipt can be asked for; null where there are none.
 * - `dead`: the token is of no device any more. `refused`: it will never be taken, for this reason.
 * - `later`: it may be taken at another try.
 */
export type PushResult =
  | { readonly status: 'sent'; readonly ticket: string | null }
  | { readonly status: 'dead' }
  | { readonly status: 'refused'; readonly reason: string }
  | { readonly status: 'later'; readonly reason: string; readonly retryAfterSeconds?: number };

export type PushReceipt =
  | { readonly status: 'delivered' }
  | { readonly status: 'dead' }
  | { readonly status: 'refused'; readonly reason: string };

export interface Push {
  /** One answer for each message, in their order. Never rejects for what a service says or that it cannot be reached. */
  send(messages: readonly PushMessage[]): Promise<readonly PushResult[]>;
  /** What became of pushes, by ticket. One that is not known yet is left out. Rejects where the service cannot be reached. */
  receipts(tickets: readonly string[]): Promise<ReadonlyMap<string, PushReceipt>>;
}

export interface WhatsApp {
  /**
   * Sends a code by a template that Meta has approved. `to` is a number in E.164. Answers what delivery reports call the
   * message; null where none come. Rejects where it was not taken.
   */
  sendCode(message: { readonly to: string; readonly code: string; readonly language: Language }): Promise<{ readonly id: string | null }>;
}

/** What a provider vouches for. */
export interface ProvenIdentity {
  readonly provider: 'firebase';
  /** The provider's name for the person. It never changes. */
  readonly subject: string;
  /** How they signed in there: `google.com`, `apple.com`, … */
  readonly via: string;
  /** In lower case. */
  readonly email: string | null;
  /** Whether the provider has made sure that the email is theirs. */
  readonly emailVerified: boolean;
  /** In E.164, made sure of by the provider. */
  readonly phone: string | null;
}

export type IdentityVerdict =
  | { readonly ok: true; readonly identity: ProvenIdentity }
  | { readonly ok: false; readonly reason: 'invalid' | 'unavailable' };

export interface Identity {
  /** Whom an ID token vouches for. `unavailable`: no provider is set up. Rejects where the provider cannot be asked. */
  verify(idToken: string, now: Date): Promise<IdentityVerdict>;
}

export interface Passwords {
  hash(password: string): Promise<string>;
  /** False for a wrong password and for a hash it cannot read. */
  verify(hash: string, password: string): Promise<boolean>;
}

export interface AccessClaims {
  readonly userId: string;
  readonly sessionId: string;
  readonly expiresAt: Date;
}

export type TokenVerdict =
  | { readonly ok: true; readonly claims: AccessClaims }
  | { readonly ok: false; readonly reason: 'invalid' | 'expired' };

export interface Tokens {
  /** A signed access token. */
  sign(claims: AccessClaims, issuedAt: Date): Promise<string>;
  verify(token: string, now: Date): Promise<TokenVerdict>;
  /** The first refresh token of a session: opaque, 256 random bits and a seal. */
  firstRefreshToken(sessionId: string): Promise<string>;
  /**
   * The one successor of a refresh token. Nobody without the server's key can work it out, and a repeat of
   * a lost answer works out the same again, though only hashes are stored.
   */
  nextRefreshToken(refreshToken: string): Promise<string>;
  /** The session a refresh token was issued for, at whatever age; `undefined` for a token that was never issued. */
  sessionOf(refreshToken: string): Promise<string | undefined>;
}

/**
 * Keeps what a copy of the database must not give away: sealed at rest, and found again by a keyed hash of it.
 * A sealed text bears the name of its key, so that keys can be replaced while what they sealed is still read.
 */
export interface Vault {
  /** `place` names the column, `users.email`: what is sealed for one place does not open in another. */
  seal(place: string, text: string): Promise<string>;
  /** Throws where it was sealed for another place, changed, or its key is not there any more. */
  open(place: string, sealed: string): Promise<string>;
  /** The same for the same text at any time: to find a sealed text by, and to keep it unique. Tells nothing without the key. */
  lookup(place: string, text: string): Promise<string>;
  /** What every text begins with that the newest key has sealed. */
  readonly newest: Promise<string>;
}

export interface LimitVerdict {
  readonly allowed: boolean;
  readonly retryAfterSeconds: number;
}

export interface Limits {
  /** Counts one call under `key`; refuses it when `max` calls stand in the window already. */
  take(key: string, max: number, windowSeconds: number, now: Date): LimitVerdict | Promise<LimitVerdict>;
  /** Takes one counted call back. */
  giveBack(key: string): void | Promise<void>;
}

/**
 * Pictures and the like, by keys such as `photos/…/large.webp`. A key never gets other bytes, so whoever has loaded one may
 * keep it for good.
 */
export interface MediaStore {
  put(key: string, bytes: Uint8Array, contentType: string): Promise<void>;
  /** `undefined` where there is nothing. Throws `TooLarge` instead of reading more than `maxBytes`. */
  read(key: string, maxBytes: number): Promise<Uint8Array | undefined>;
  /** Puts what stands under one key under another one as well, within the store. Answers whether there was something. */
  copy(from: string, to: string): Promise<boolean>;
  /** What is not there is as good as removed. */
  remove(keys: readonly string[]): Promise<void>;
  /**
   * How a client may put something under the key by itself, past the service; left out where everything comes through the
   * service. The store takes exactly `size` bytes of that type until `expiresInSeconds` have passed.
   */
  directUpload?(
    key: string,
    put: { readonly size: number; readonly contentType: string; readonly expiresInSeconds: number },
  ): Promise<UploadForm>;
  /** The whole address that anyone can load it from. */
  url(key: string): string;
  /** An address that leads there until then, for whoever has it: as a file to be saved, and never as a page. */
  signedUrl(key: string, expiresAt: Date): Promise<string>;
}

/** A form to POST: its fields, then the file as `file`. */
export interface UploadForm {
  readonly url: string;
  readonly fields: { readonly name: string; readonly value: string }[];
}

/** Pictures out of files that anybody may have sent. */
export interface Images {
  /**
   * Makes a picture into the fixed sizes: upright, and with nothing in it but what is seen. Waits until there is room for it
   * before it reads the bytes. Throws `ImageRefused`.
   */
  makePhoto(read: () => Promise<Uint8Array>): Promise<MadePhoto>;
}

export interface MadePhoto {
  /** Of the large one, in pixels. */
  readonly width: number;
  readonly height: number;
  /** `#rrggbb`: what it looks like from afar. */
  readonly color: string;
  /** The ending of its files. */
  readonly format: string;
  readonly contentType: string;
  readonly sizes: Readonly<Record<PhotoSize, Uint8Array>>;
}

/** `type`: it is something else than a picture that is taken; `unreadable`: it is damaged or moves; `large`: it has too many pixels. */
export class ImageRefused extends Error {
  override readonly name = 'ImageRefused';
  readonly reason: 'type' | 'unreadable' | 'large';

  /** How many pixels it might have had, where it has too many. */
  readonly maxPixels: number | undefined;

  constructor(reason: ImageRefused['reason'], maxPixels?: number) {
    super(`The picture is refused: ${reason}.`);
    this.reason = reason;
    this.maxPixels = maxPixels;
  }
}

/** There are more bytes than the reader takes. */
export class TooLarge extends Error {
  override readonly name = 'TooLarge';
}

/** Something told to every process of the platform, at most once. What must not be lost is in the database. */
export interface Bus {
  publish(topic: string, message: BusMessage): void;
  /** Answers how to stop listening. */
  subscribe(topic: string, listener: (message: BusMessage) => void): () => void;
  /** Resolves once what is published to a topic that is subscribed to is heard from everywhere, or cannot be for now (see `isCut`). */
  heard(topic: string): Promise<void> | undefined;
  /** Whether there may be other processes. */
  readonly isShared: boolean;
  /** Whether other processes cannot be heard or told now: what they publish has to be looked for in the database. */
  readonly isCut: boolean;
  /** Calls whenever something may have been missed, and nothing is missed from then on. */
  onMended(listener: () => void): void;
}

/**
 * `frame`: an event for one user. `session` and `account`: what was cached of them is old. `presence`: they came or went, or may be
 * seen by others than before; `seesAnew`: and may see others than before.
 */
export type BusMessage =
  | { readonly kind: 'frame'; readonly seq: number | null; readonly text: string }
  | { readonly kind: 'session'; readonly userId: string; readonly sessionId: string; readonly reason: string }
  | { readonly kind: 'account'; readonly userId: string }
  | { readonly kind: 'presence'; readonly userId: string; readonly seesAnew: boolean };

/** `here`: connected. `just_left`: their last connection ended so lately that they may be back at once. */
export type Attendance = 'here' | 'just_left' | 'away';

/** Who has a socket open, anywhere. */
export interface Presence {
  joined(userId: string, connectionId: string): void | Promise<void>;
  left(userId: string, connectionId: string): void | Promise<void>;
  /** Where it cannot be found out, only those connected to this process are. */
  isConnected(userId: string): boolean | Promise<boolean>;
  /** Who cannot be found out about is left out of the answer. */
  attendance(userIds: readonly string[]): ReadonlyMap<string, Attendance> | Promise<ReadonlyMap<string, Attendance>>;
  /** For how long someone is `just_left`. In milliseconds. */
  readonly graceMs: number;
  /** Calls with those of whom it was told late that they came or went, because it could not be told before. */
  onToldLate(listener: (userIds: readonly string[]) => void): void;
  /** Calls with those whose connections ended without a word, because the process that held them did. */
  onVanished(listener: (userIds: readonly string[]) => void): void;
}

/** A place as it is listed for someone to choose. */
export interface ListedPlace {
  readonly id: string;
  readonly name: string;
  /** What it lies in: `Portugal`, `Oregon, United States`. */
  readonly area: string | null;
}

export interface KnownPlace {
  readonly latitude: number;
  readonly longitude: number;
  readonly city: string;
  /** ISO 3166, two letters. */
  readonly country: string | null;
}

export interface PlaceRequest {
  readonly language: Language;
  /** The same from the first letter that somebody types to the place they choose. */
  readonly session?: string;
}

/**
 * Finds places by name. May ask a service outside, so it is called outside of transactions; throws `UNAVAILABLE` where that
 * does not answer. Positions of people are never handed to it.
 */
export interface Places {
  /** Places whose name begins like this, the likeliest first, at most ten. */
  search(typed: string, request: PlaceRequest): Promise<readonly ListedPlace[]>;
  /** The place of an id that `search` gave out; `undefined` where there is none. */
  find(id: string, request: PlaceRequest): Promise<KnownPlace | undefined>;
}
