import type { Conversation, Message } from '../wire';

type Fields = Readonly<Record<string, unknown>>;

const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value);
const isMessage = (value: Fields): value is Fields & Message => 'clientId' in value && 'envelope' in value;
const isConversation = (value: Fields): value is Fields & Conversation => 'encryptedAt' in value && 'lastMessage' in value;

/** Everything of these kinds that stands in an answer or an event: itself, in a list, or by its name. */
function* itemsOf(data: unknown): Generator<Fields> {
  if (!isFields(data)) return;
  yield data;
  if (Array.isArray(data.items)) yield* data.items.filter(isFields);
  for (const one of [data.message, data.conversation]) if (isFields(one)) yield one;
}

export function conversationsIn(data: unknown): Conversation[] {
  return [...itemsOf(data)].filter(isConversation);
}

export function messagesIn(data: unknown): Message[] {
  return [...itemsOf(data)].flatMap((one) => (isMessage(one) ? [one] : isConversation(one) && one.lastMessage ? [one.lastMessage] : []));
}

/** The same data with other messages in the place of those that are named in `by`. */
export function withMessages<T>(data: T, by: ReadonlyMap<Message, Message>): T {
  const put = (value: unknown): unknown => {
    if (!isFields(value)) return value;
    if (isMessage(value)) return by.get(value) ?? value;
    const changed: Record<string, unknown> = { ...value };
    if (Array.isArray(value.items)) changed.items = value.items.map(put);
    for (const name of ['message', 'conversation', 'lastMessage']) if (isFields(value[name])) changed[name] = put(value[name]);
    return changed;
  };
  return put(data) as T;
}
