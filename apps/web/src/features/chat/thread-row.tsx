import type { Person } from '@app/api-client';
import { memo, useEffect, useRef } from 'react';
import { cx } from '../../design/cx';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { noteText } from '../groups/note-text';
import { PersonAvatar } from '../people/person-or-gone';
import { Bubble, type BubbleActions } from './bubble';
import type { ThreadRow } from './thread-rows';

interface ThreadRowProps extends BubbleActions {
  row: ThreadRow;
  /** Whether one is led here. */
  isSought: boolean;
  /** It is in view. */
  onSought(): void;
  isOpen: boolean;
  isGroup: boolean;
  personOf(userId: string): Person | null;
  nameOfSender(userId: string): string;
  /** Whether it is among what is chosen; null while nothing is. */
  isChosen: boolean | null;
}

/** One row of the thread. Its distance from others is part of it, so that its height is all there is to know. */
export const ThreadRowView = memo(function ThreadRowView({ isSought, onSought, ...props }: ThreadRowProps) {
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!isSought) return;
    element.current?.scrollIntoView({ block: 'center' });
    element.current?.animate([{ opacity: 0.2 }, { opacity: 1 }], { duration: 900, easing: 'ease-out' });
    onSought();
  }, [isSought, onSought]);
  return (
    <div ref={element} data-row={props.row.key} className="flex flex-col">
      <Content {...props} />
    </div>
  );
});

function Content({ row, isGroup, personOf, ...bubble }: Omit<ThreadRowProps, 'isSought' | 'onSought'>) {
  const t = useTexts('chat');
  const groupWords = useTexts('groups');
  if (row.kind === 'day') return <Day iso={row.iso} />;
  if (row.kind === 'unread') {
    return (
      <div className="flex items-center gap-3 py-4 text-xs font-bold text-heart-ink">
        <span className="h-px grow bg-heart/40" /> {t('thread.new')} <span className="h-px grow bg-heart/40" />
      </div>
    );
  }
  const { message } = row;
  if (row.kind === 'note') {
    return (
      <p className="max-w-md self-center px-4 py-2.5 text-center text-xs text-ink-soft">
        {message.system && noteText(message.system, message.senderId, bubble.nameOfSender, groupWords)}
      </p>
    );
  }
  const { isFirst, isLast } = row;
  return (
    <div className={cx('flex gap-2', isFirst ? 'pt-3' : 'pt-0.5', message.mine && 'justify-end')}>
      {!message.mine &&
        (isLast ? (
          <PersonAvatar person={personOf(message.senderId)} className="mb-5.5 size-7 self-end" />
        ) : (
          <span className="w-7 shrink-0" />
        ))}
      <div className="flex min-w-0 grow flex-col gap-0.5">
        {isFirst && (
          <p className={isGroup && !message.mine ? 'truncate px-4 text-xs font-bold text-heart-ink' : 'sr-only'}>
            {bubble.nameOfSender(message.senderId)}
            <span className="sr-only">:</span>
          </p>
        )}
        <Bubble message={message} isGroup={isGroup} isFirst={isFirst} isLast={isLast} {...bubble} />
      </div>
    </div>
  );
}

function Day({ iso }: { iso: string }) {
  const { dayName } = useFormats();
  const now = useNow(60_000);
  return (
    <div className="flex justify-center py-4">
      <p className="rounded-full bg-sunken px-3.5 py-1 text-xs font-semibold text-ink-soft">{dayName(iso, now)}</p>
    </div>
  );
}
