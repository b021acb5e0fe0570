import type { Message } from '@app/api-client';
import type { TextsOf } from '../../language/spoken';

/** A message in words: what it says, or what was sent. Of a deleted one that it is. */
export function spokenMessage(
  { kind, text, media }: Pick<Message, 'kind' | 'text'> & Partial<Pick<Message, 'media'>>,
  t: TextsOf<'chat'>,
): string {
  if (text !== null) return text;
  // Of what was encrypted its file says what it is.
  const sent = media?.kind ?? kind;
  return sent === 'image' || sent === 'audio' || sent === 'video' ? t(`media.${sent}`) : t('deleted');
}

/** Whether nothing of it is to be seen: it was deleted, or it is encrypted and not opened on this device. */
export function isGone({ text, media }: Pick<Message, 'text' | 'media'>): boolean {
  return text === null && (media === null || media.kind === 'encrypted');
}

/** Whether it is encrypted, and not opened on this device. */
export function isClosed(message: Pick<Message, 'kind' | 'text' | 'media'>): boolean {
  return message.kind === 'encrypted' && isGone(message);
}
