import { type Message, type MessageQuote, maxQuoteLength } from '../wire';

/** A message as it stands above one that answers it. */
export function quoteOf({ id, seq, senderId, text }: Pick<Message, 'id' | 'seq' | 'senderId' | 'text'>): MessageQuote {
  return { id, seq, senderId, text: text === null ? null : [...text].slice(0, maxQuoteLength).join('') };
}
