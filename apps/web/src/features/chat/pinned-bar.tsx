import { usePinnedMessages } from '@app/api-client/react';
import { ChevronDown, Pin, PinOff } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../design/button';
import { Sheet } from '../../design/sheet';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { spokenMessage } from './spoken-message';

interface PinnedBarProps {
  conversationId: string;
  nameOfSender(userId: string): string;
  onJump(messageId: string, seq: number): void;
  onUnpin(messageId: string): void;
}

/** What is pinned, below the header: the newest of it, and all of it where one asks. */
export function PinnedBar({ conversationId, nameOfSender, onJump, onUnpin }: PinnedBarProps) {
  const t = useTexts('chat');
  const { dateAndTime } = useFormats();
  const { pinned, hasMore, fetchMore } = usePinnedMessages(conversationId);
  const [open, setOpen] = useState(false);
  const [newest] = pinned;
  if (!newest) return null;
  return (
    <>
      <button
        type="button"
        onClick={() => setOpen(true)}
        className="flex min-h-12 shrink-0 items-center gap-3 border-b border-line bg-surface px-4 py-1.5 text-left text-sm transition-colors hover:bg-sunken sm:px-6"
      >
        <Pin className="size-4.5 shrink-0 text-heart-ink" aria-hidden="true" />
        <span className="min-w-0 grow">
          <span className="block truncate font-bold">{t('pinned.title')}</span>
          <span className="block truncate text-ink-soft">
            {nameOfSender(newest.senderId)}: {spokenMessage(newest, t)}
          </span>
        </span>
        <ChevronDown className="size-5 shrink-0 text-ink-soft" aria-hidden="true" />
      </button>
      <Sheet open={open} onOpen={setOpen} title={t('pinned.title')}>
        <ul className="grid gap-2">
          {pinned.map(({ id, seq, senderId, kind, text, createdAt }) => (
            <li key={id} className="flex items-start gap-1 rounded-2xl border border-line bg-surface p-1.5">
              <button
                type="button"
                className="min-w-0 grow rounded-xl px-2.5 py-1.5 text-left transition-colors hover:bg-sunken"
                onClick={() => {
                  setOpen(false);
                  onJump(id, seq);
                }}
              >
                <span className="flex items-baseline justify-between gap-3 text-sm">
                  <span className="truncate font-bold text-heart-ink">{nameOfSender(senderId)}</span>
                  <span className="shrink-0 text-xs text-ink-soft">{dateAndTime(createdAt)}</span>
                </span>
                <span className="line-clamp-3 wrap-anywhere">{spokenMessage({ kind, text }, t)}</span>
                <span className="sr-only"> {t('pinned.show')}</span>
              </button>
              <IconButton label={t('unpin')} size="sm" onClick={() => onUnpin(id)}>
                <PinOff className="size-4.5" aria-hidden="true" />
              </IconButton>
            </li>
          ))}
        </ul>
        {hasMore && (
          <Button variant="soft" size="sm" className="mt-3 w-full" onClick={() => void fetchMore()}>
            {t('pinned.more')}
          </Button>
        )}
      </Sheet>
    </>
  );
}
