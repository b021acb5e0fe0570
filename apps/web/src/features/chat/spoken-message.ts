import type { Message } from '@app/api-client';
import type { TextsOf } from '../../language/spoken';

/** A message in words: what it says, or what was sent. Of a deleted one that it is. */
export function spokenMessage({ kind, text }: Pick<Message, 'kind' | 'text'>, t: TextsOf<'chat'>): string {
  if (text !== null) return text;
  return kind === 'image' || kind === 'audio' || kind === 'video' ? t(`media.${kind}`) : t('deleted');
}

/** Whether nothing is left of it. */
export function isGone({ text, media }: Pick<Message, 'text' | 'media'>): boolean {
  return text === null && media === null;
}
