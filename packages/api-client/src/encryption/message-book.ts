import type { ApiError } from '../errors';
import { ApiError as Refusal } from '../errors';
import type { ApiClient, MessageLayer, MessageWithFile, SealedFile } from '../types';
import type { Media, Message, MessageEnvelope } from '../wire';
import { type Content, quoteOf, readContent, writeContent } from './content';
import { describe, typeOf } from './file-content';
import type { CryptoMachine, MachineRequest } from './machine';
import { conversationsIn, messagesIn, withMessages } from './messages-in';
import { ownerOf, roomOf } from './owners';

interface Opened {
  readonly userId: string;
  readonly machine: CryptoMachine;
}

export interface MessageBookConfig<Life extends Opened> {
  client: ApiClient;
  alone<T>(task: (life: Life) => Promise<T>): Promise<T>;
  isOpen(): boolean;
  flush(life: Life): Promise<void>;
  send(life: Life, request: MachineRequest): Promise<void>;
  /** Looks for keys that came meanwhile. */
  pull(): Promise<void>;
  /** Waits until it is known whether this device can write, and answers it. */
  ready(): Promise<boolean>;
  refuse(): ApiError;
}

export interface MessageBook {
  readonly layer: MessageLayer;
  /** Opens what could not be opened before. */
  again(): Promise<void>;
  /** Those with whom there are encrypted conversations, as far as they were seen. */
  partners(): string[];
  /** How the app is told of a message that has become readable. */
  retell(tell: (event: 'message:updated', data: { message: Message }) => void): void;
  forget(): void;
}

/** So many messages are kept open, and so many that cannot be opened yet are waited for. */
const mostKept = 5_000;

function keep<K, V>(map: Map<K, V>, key: K, value: V): void {
  map.delete(key);
  map.set(key, value);
  const [oldest] = map.keys();
  if (map.size > mostKept && oldest !== undefined) map.delete(oldest);
}

/** A file as its sender says that it is. How large it is, and whether a picture came with it, the service knows better. */
function mediaOf(media: Media, { kind, contentType, width, height, durationMs, waveform, picture }: SealedFile): Media {
  const hasPicture = media.hasPicture && picture !== null;
  return { ...media, kind, contentType, width, height, durationMs, waveform: waveform && [...waveform], hasPicture };
}

/** Where a conversation is encrypted, with whom; null where it is not. */
type Partner = string | null;

/** Seals what is sent in encrypted conversations, and opens what comes. */
export function createMessageBook<Life extends Opened>(config: MessageBookConfig<Life>): MessageBook {
  const { client, alone, isOpen, flush, send, pull, ready, refuse } = config;
  const partners = new Map<string, Partner>();
  const places = new Map<string, { conversationId: string; clientId: string; hasFile: boolean }>();
  const contents = new Map<string, Content>();
  /** What messages say, by their ids: for those that answer them, and for when they are changed. */
  const said = new Map<string, Content>();
  /** Which message bears a client id: a second one is a copy that somebody else made. */
  const bearers = new Map<string, string>();
  const unread = new Map<string, Message>();
  const asked = new Set<string>();
  let tell: (event: 'message:updated', data: { message: Message }) => void = () => undefined;

  const keyOf = ({ id, envelope }: Pick<MessageWithFile, 'id' | 'envelope'>) => `${id} ${envelope?.ciphertext}`;

  function learn(data: unknown): void {
    for (const { id, kind, encryptedAt, members } of conversationsIn(data)) {
      const other = members[1]?.userId;
      // What was encrypted once stays so, whatever the service says.
      if (encryptedAt !== null && kind === 'direct' && other !== undefined) {
        if (!partners.get(id)) partners.set(id, other);
      } else if (!partners.has(id)) partners.set(id, null);
    }
    for (const { id, conversationId, clientId, media } of messagesIn(data)) {
      keep(places, id, { conversationId, clientId, hasFile: media?.kind === 'encrypted' });
    }
  }

  /** With whom a conversation is encrypted; null where it is not. */
  async function partnerIn(conversationId: string): Promise<Partner> {
    const known = partners.get(conversationId);
    if (known) return known;
    if (known === null && !(isOpen() && (await alone(({ machine }) => machine.isRemembered(roomOf(conversationId)))))) return null;
    const conversation = await client.conversations.get({ conversationId });
    learn(conversation);
    const partner = partners.get(conversationId) ?? null;
    const isRemembered = isOpen() && (await alone(({ machine }) => machine.isRemembered(roomOf(conversationId))));
    if (partner === null && isRemembered) {
      // The service says that it is not encrypted any more: it cannot be.
      const other = conversation.members[1]?.userId;
      if (other === undefined) throw refuse();
      partners.set(conversationId, other);
      return other;
    }
    return partner;
  }

  async function seal(conversationId: string, partner: string, content: Content): Promise<MessageEnvelope> {
    if (!(await ready())) throw refuse();
    return alone(async (life) => {
      const { machine, userId } = life;
      const owners = [ownerOf(userId), ownerOf(partner)];
      const room = roomOf(conversationId);
      await machine.remember(room);
      await machine.track(owners);
      await flush(life);
      const begin = await machine.begin(owners);
      if (begin) await send(life, begin);
      if ((await machine.identity(ownerOf(partner)))?.isViolated) {
        throw new Refusal({ code: 'IDENTITY_CHANGED', status: 409, message: 'The identity that you verified is another one now.' });
      }
      for (const request of await machine.share(room, owners)) await send(life, request);
      return machine.encrypt(room, writeContent(content));
    });
  }

  /** The content of a message; undefined where it cannot be read, or not yet. */
  async function read(life: Life, message: Message): Promise<Content | undefined> {
    const { content, isMissing } = await readOnce(life, message, message.id);
    if (isMissing) keep(unread, keyOf(message), message);
    return content;
  }

  /** `isMissing`: it may well be read later. */
  async function readOnce({ machine }: Life, message: MessageWithFile, id: string): Promise<{ content?: Content; isMissing?: boolean }> {
    const { conversationId, senderId, clientId, envelope } = message;
    if (envelope === null) return {};
    const room = roomOf(conversationId);
    const found = await machine.decrypt(room, ownerOf(senderId), envelope);
    if ('unreadable' in found) return { isMissing: found.unreadable !== 'damaged' };
    const content = readContent(found.content);
    // What was taken from another message, or sent a second time by somebody who is not its writer, is not what they said here.
    if (content?.clientId !== clientId) return {};
    const bearer = `${conversationId} ${senderId} ${clientId}`;
    if ((bearers.get(bearer) ?? id) !== id) return {};
    keep(bearers, bearer, id);
    return { content };
  }

  function shown(message: Message, content: Content | undefined): Message {
    if (content === undefined) return message;
    const { replyTo, media } = message;
    const opened = {
      ...message,
      text: content.text || null,
      media: media?.kind === 'encrypted' && content.file ? mediaOf(media, content.file) : media,
    };
    if (replyTo?.kind !== 'encrypted') return opened;
    const quoted = said.get(replyTo.id);
    const text = (quoted === undefined ? content.quote : quoteOf(quoted.text)) || null;
    return { ...opened, replyTo: { ...replyTo, kind: quoted?.file && text === null ? quoted.file.kind : replyTo.kind, text } };
  }

  async function open(messages: readonly Message[]): Promise<Map<Message, Message>> {
    const closed = messages.filter((message) => !contents.has(keyOf(message)));
    if (closed.length > 0 && isOpen()) {
      await alone(async (life) => {
        await life.machine.track([...new Set(closed.map(({ senderId }) => ownerOf(senderId)))]);
        await flush(life);
        for (const message of closed) {
          const content = await read(life, message);
          if (content === undefined) continue;
          keep(contents, keyOf(message), content);
          keep(said, message.id, content);
        }
      }).catch(() => {
        // Without a connection, or after signing out: they are shown closed, and opened later.
        for (const message of closed) keep(unread, keyOf(message), message);
      });
    } else {
      for (const message of closed) keep(unread, keyOf(message), message);
    }
    const missing = closed.filter((message) => unread.has(keyOf(message)) && !asked.has(message.envelope?.sessionId ?? ''));
    if (missing.length > 0 && isOpen()) {
      for (const { envelope } of missing) if (envelope) asked.add(envelope.sessionId);
      void pull();
    }
    return new Map(messages.map((message) => [message, shown(message, contents.get(keyOf(message)))]));
  }

  /** What a message says that was shown before, be it in an earlier life of the app. */
  async function contentOf(message: MessageWithFile): Promise<Content | undefined> {
    const known = contents.get(keyOf(message));
    const { id } = message;
    if (known || id === null) return known;
    return (await alone((life) => readOnce(life, message, id))).content;
  }

  const layer: MessageLayer = {
    async seal(id, input, file) {
      const { text, mediaId, messageId, replyTo } = input as { text?: unknown; mediaId?: string; messageId?: string; replyTo?: string };
      if (typeof text !== 'string' && mediaId === undefined) return input;
      const place = messageId === undefined ? undefined : places.get(messageId);
      const conversationId = (input as { conversationId?: string }).conversationId ?? place?.conversationId;
      if (conversationId === undefined) {
        // It could be anywhere, and is not to get out by a mistake.
        if ([...partners.values()].some((partner) => partner !== null)) throw refuse();
        return input;
      }
      const partner = await partnerIn(conversationId);
      if (partner === null) return input;
      // The file went to the service as it is.
      if (mediaId !== undefined && file === undefined) throw refuse();
      if (id === 'conversations.saveDraft') {
        if (typeof text !== 'string' || text.trim() === '') return input;
        throw refuse();
      }
      const clientId = (input as { clientId?: string }).clientId ?? place?.clientId ?? '';
      const before = messageId === undefined ? undefined : said.get(messageId);
      // What opens its file stands in what takes the place of the message.
      if (place?.hasFile && before?.file === undefined) throw refuse();
      const quote = (replyTo === undefined ? before?.quote : said.get(replyTo)?.text) || undefined;
      const kept = file ?? before?.file;
      const content = { clientId, text: typeof text === 'string' ? text : '', ...(quote && { quote }), ...(kept && { file: kept }) };
      const envelope = await seal(conversationId, partner, content);
      const { text: _, ...rest } = input as Record<string, unknown>;
      return { ...rest, envelope };
    },
    async sealFile(conversationId, media) {
      if ((await partnerIn(conversationId)) === null) return undefined;
      if (!(await ready())) throw refuse();
      const about = describe(media);
      const { poster } = media;
      const { machine } = await alone(async (life) => life);
      const small = poster && { contentType: typeOf(poster, 'image'), ...(await machine.encryptFile(poster)) };
      const { file, keys } = await machine.encryptFile(media.file);
      const picture = small ? { contentType: small.contentType, keys: small.keys } : null;
      return { file, ...(small && { poster: small.file }), about: { ...about, keys, picture } };
    },
    async openFile(message, part, loaded) {
      await ready();
      const file = (await contentOf(message))?.file;
      const opening = part === 'file' ? file : file?.picture;
      if (!opening) throw refuse();
      const { machine } = await alone(async (life) => life);
      const bytes = await machine.decryptFile(loaded, opening.keys);
      return bytes && { bytes, contentType: opening.contentType };
    },
    async fileKey(message) {
      await ready();
      const file = (await contentOf(message))?.file;
      if (!file) throw refuse();
      return alone(async ({ machine }) => machine.fileKey(file.keys));
    },
    open<T>(data: T): T | Promise<T> {
      learn(data);
      const sealed = messagesIn(data).filter(({ envelope }) => envelope !== null);
      if (sealed.length === 0) return data;
      return open(sealed).then((by) => withMessages(data, by));
    },
  };

  return {
    layer,
    async again() {
      if (!isOpen() || unread.size === 0) return;
      const waiting = [...unread];
      unread.clear();
      const by = await open(waiting.map(([, message]) => message));
      for (const [before, now] of by) if (now !== before) tell('message:updated', { message: now });
    },
    partners: () => [...partners.values()].filter((partner): partner is string => partner !== null),
    retell(next) {
      tell = next;
    },
    forget() {
      for (const map of [partners, places, contents, said, bearers, unread]) map.clear();
      asked.clear();
    },
  };
}
