import type { Message } from '@app/api-client';
import type { TextsOf } from '../../language/spoken';

/** A message in words: what it says, and what was sent with that. Of a deleted one that it is. */
export function spokenMessage(
  { kind, text, media }: Pick<Message, 'kind' | 'text'> & Partial<Pick<Message, 'media'>>,
  t: TextsOf<'chat'>,
): string {
  // Of what was encrypted its file says what it is.
  const sent = media?.kind ?? kind;
  if (sent !== 'image' && sent !== 'audio' && sent !== 'video') return text ?? t('deleted');
  const what = t(`media.${sent}`);
  return text === null ? what : t('media.captioned', { what, text });
}

/** Whether nothing of it is to be seen: it was deleted, or it is encrypted and not opened on this device. */
export function isGone({ text, media }: Pick<Message, 'text' | 'media'>): boolean {
  return text === null && (media === null || media.kind === 'encrypted');
}

/** Whether it is encrypted, and not opened on this device. */
export function isClosed(message: Pick<Message, 'kind' | 'text' | 'media'>): boolean {
  return message.kind === 'encrypted' && isGone(message);
}
