import { type Message, type MessageQuote, maxQuoteLength } from '../wire';

/** A message as it stands above one that answers it. */
export function quoteOf({ id, seq, senderId, kind, text }: Pick<Message, 'id' | 'seq' | 'senderId' | 'kind' | 'text'>): MessageQuote {
  return { id, seq, senderId, kind, text: text === null ? null : [...text].slice(0, maxQuoteLength).join('') };
}
