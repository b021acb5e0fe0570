import type { ChatMessage } from '@app/api-client/react';
import { Plus } from 'lucide-react';
import type { RefObject } from 'react';
import { cx } from '../../design/cx';
import { MenuPick, MenuRow } from '../../design/menu';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { EmojiPanel } from '../emoji/emoji-panel';

/** What is at hand; any other is a step further. */
const atHand = ['👍', '❤️', '😂', '😮', '😢', '🙏'];

interface ReactionsProps {
  message: ChatMessage;
  /** Null takes one's own back. */
  onReact(emoji: string | null): void;
}

/** The row of a message's menu to react by. */
export function ReactionPicks({ message: { ownReaction }, onReact, onMore }: ReactionsProps & { onMore(): void }) {
  const t = useTexts('chat');
  const words = useTexts('emoji');
  return (
    <MenuRow>
      {atHand.map((emoji) => {
        const isPicked = emoji === ownReaction;
        return (
          <MenuPick
            key={emoji}
            label={isPicked ? t('unreact', { emoji }) : t('react', { emoji })}
            isPicked={isPicked}
            onSelect={() => onReact(isPicked ? null : emoji)}
          >
            {emoji}
          </MenuPick>
        );
      })}
      <MenuPick label={words('more')} isPicked={false} onSelect={onMore}>
        <Plus className="size-5.5 text-ink-soft" />
      </MenuPick>
    </MenuRow>
  );
}

/** What a message bears. Pressed, one joins in, or takes one's own back. */
export function Reactions({ message: { reactions, ownReaction, mine }, onReact }: ReactionsProps) {
  const t = useTexts('chat');
  const { number } = useFormats();
  if (reactions.length === 0) return null;
  return (
    <div className={cx('z-1 -mt-1.5 flex max-w-[84%] flex-wrap gap-1 px-2 sm:max-w-[72%]', mine && 'justify-end')}>
      {reactions.map(({ emoji, count }) => {
        const isOwn = emoji === ownReaction;
        return (
          <button
            key={emoji}
            type="button"
            aria-pressed={isOwn}
            aria-label={t('reacted', { emoji, count })}
            onClick={() => onReact(isOwn ? null : emoji)}
            className={cx(
              'flex min-h-7 animate-pop items-center gap-1 rounded-full border px-2 text-sm tabular-nums',
              isOwn ? 'border-heart bg-heart-soft font-bold text-heart-ink' : 'border-line bg-raised text-ink-soft',
            )}
          >
            <span aria-hidden="true">{emoji}</span>
            {count > 1 && <span aria-hidden="true">{number(count)}</span>}
          </button>
        );
      })}
    </div>
  );
}

interface ReactionPanelProps {
  /** The message that is reacted to; null while none is. */
  message: ChatMessage | null;
  /** What was pressed for it. */
  anchor: RefObject<HTMLElement | null>;
  onReact(messageId: string, emoji: string): void;
  onClose(): void;
}

/** Every emoji there is to react with. */
export function ReactionPanel({ message, anchor, onReact, onClose }: ReactionPanelProps) {
  const t = useTexts('emoji');
  return (
    <EmojiPanel
      open={message !== null}
      onOpen={(open) => !open && onClose()}
      title={t('react')}
      anchor={anchor}
      onPick={(emoji) => {
        if (message?.id) onReact(message.id, emoji);
        onClose();
      }}
    />
  );
}
