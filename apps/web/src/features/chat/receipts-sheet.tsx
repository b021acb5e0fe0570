import type { Person } from '@app/api-client';
import { type ChatMessage, useReceipts } from '@app/api-client/react';
import { Check, CheckCheck, Clock3 } from 'lucide-react';
import type { ReactNode } from 'react';
import { cx } from '../../design/cx';
import { Sheet } from '../../design/sheet';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { PersonAvatar } from '../people/person-or-gone';
import { spokenMessage } from './spoken-message';

interface ReceiptsSheetProps {
  /** A message of one's own; null while none is asked about. */
  message: ChatMessage | null;
  onClose(): void;
  onRetry(): void;
}

const states = [
  { state: 'read', icon: CheckCheck, isRead: true },
  { state: 'delivered', icon: CheckCheck, isRead: false },
  { state: 'waiting', icon: Check, isRead: false },
] as const;

/** Who has read a message of one's own, whom it has reached, and whom it has not; kept in step while it is open. */
export function ReceiptsSheet({ message, onClose, onRetry }: ReceiptsSheetProps) {
  const t = useTexts('chat');
  const receipts = useReceipts(message ?? undefined);
  const { isLoading, error } = receipts;
  const isNobody = states.every(({ state }) => receipts[state].length === 0);
  return (
    <Sheet open={message !== null} onOpen={(open) => !open && onClose()} title={t('receipts.title')}>
      {message && (
        <div className="grid grid-cols-1 gap-5">
          <Asked message={message} />
          {error ? (
            <ErrorState error={error} onRetry={onRetry} />
          ) : isLoading ? (
            <Loading className="grid gap-3">
              <Skeleton className="h-11" />
              <Skeleton className="h-11" />
            </Loading>
          ) : isNobody ? (
            <p className="text-ink-soft">{t('receipts.nobody')}</p>
          ) : (
            states.map(({ state, icon: Icon, isRead }) => (
              <People
                key={state}
                title={t(`receipts.${state}`)}
                icon={<Icon className={cx('size-4.5', isRead ? 'text-heart-ink' : 'text-ink-soft')} aria-hidden="true" />}
                people={receipts[state]}
              />
            ))
          )}
        </div>
      )}
    </Sheet>
  );
}

/** Which message it is about. */
function Asked({ message }: { message: ChatMessage }) {
  const t = useTexts('chat');
  const { dateAndTime } = useFormats();
  return (
    <div className="grid grid-cols-1 justify-items-end gap-1">
      <p className="line-clamp-3 max-w-[84%] rounded-[1.3rem] bg-plum px-4 py-2 text-[0.9688rem] leading-[1.4] wrap-anywhere text-on-plum">
        {spokenMessage(message, t)}
      </p>
      <p className="flex items-center gap-1.5 px-1 text-xs text-ink-soft">
        <Clock3 className="size-3.5" aria-hidden="true" />
        <time dateTime={message.createdAt}>{dateAndTime(message.createdAt)}</time>
      </p>
    </div>
  );
}

function People({ title, icon, people }: { title: string; icon: ReactNode; people: readonly Person[] }) {
  const { number } = useFormats();
  if (people.length === 0) return null;
  return (
    <section className="grid grid-cols-1 gap-1.5" aria-label={title}>
      <h3 className="flex items-center gap-2 text-sm font-bold">
        {icon} {title} <span className="ml-auto text-ink-soft tabular-nums">{number(people.length)}</span>
      </h3>
      <ul className="grid grid-cols-1">
        {people.map((person) => (
          <li key={person.id} className="flex min-h-13 items-center gap-3">
            <PersonAvatar person={person} className="size-10" />
            <span className="truncate font-semibold">{person.displayName}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
