import type { Call } from '@app/api-client';
import { apiInfiniteQuery, useApi, useAuth } from '@app/api-client/react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Phone, PhoneIncoming, PhoneMissed, PhoneOutgoing, Video } from 'lucide-react';
import { Button, buttonClass, IconButton } from '../../design/button';
import { cx } from '../../design/cx';
import { Page } from '../../design/page';
import { Avatar } from '../../design/portrait/portrait';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { historyText } from './call-texts';
import { useStartCall } from './callee';

export function CallHistoryPage() {
  const t = useTexts('calls');
  const words = useTexts('words');
  const { user } = useAuth();
  const { data, error, isPending, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    apiInfiniteQuery(useApi(), 'calls.history', {}),
  );
  const calls = data?.pages.flatMap(({ items }) => items) ?? [];
  return (
    <Page title={t('title')}>
      {isPending || !user ? (
        <Loading className="grid gap-1">
          {['a', 'b', 'c', 'd', 'e'].map((key) => (
            <div key={key} className="flex items-center gap-4 px-2 py-3">
              <Skeleton className="size-12 rounded-full!" />
              <div className="grid grow gap-2">
                <Skeleton className="h-4 w-1/3" />
                <Skeleton className="h-3.5 w-1/2" />
              </div>
            </div>
          ))}
        </Loading>
      ) : error && calls.length === 0 ? (
        <ErrorState error={error} onRetry={() => void refetch()} />
      ) : calls.length === 0 ? (
        <EmptyState
          picture={
            <span className="grid size-20 place-items-center rounded-full bg-heart-soft text-heart-ink">
              <Phone className="size-9" aria-hidden="true" />
            </span>
          }
          title={t('none.title')}
          action={
            <Link to="/matches" className={buttonClass()}>
              {t('none.action')}
            </Link>
          }
        >
          {t('none.text')}
        </EmptyState>
      ) : (
        <>
          <ul className="-mx-2 grid">
            {calls.map((call) => (
              <li key={call.id}>
                <CallRow call={call} myId={user.id} />
              </li>
            ))}
          </ul>
          {hasNextPage && (
            <Button variant="plain" className="mx-auto mt-6 flex" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
              {words('showMore')}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

function CallRow({ call, myId }: { call: Call; myId: string }) {
  const t = useTexts('calls');
  const { listTime } = useFormats();
  const now = useNow();
  const { isFree, startCall } = useStartCall();
  const isCaller = call.caller.id === myId;
  const other = isCaller ? call.callee : call.caller;
  const { text, missed } = historyText(call, myId, t);
  const Icon = missed ? PhoneMissed : isCaller ? PhoneOutgoing : PhoneIncoming;
  return (
    <div className="flex items-center gap-3 rounded-2xl px-2 py-2 transition-colors hoverable:hover:bg-sunken">
      <Link to="/people/$userId" params={{ userId: other.id }} className="flex min-w-0 grow items-center gap-4 rounded-2xl">
        <Avatar person={other} />
        <span className="grid min-w-0">
          <span className={cx('truncate text-[1.0625rem] font-bold', missed && 'text-danger-ink')}>{other.displayName}</span>
          <span className="flex min-w-0 items-center gap-1.5 text-[0.9375rem] text-ink-soft">
            <Icon className={cx('size-4 shrink-0', missed && 'text-danger-ink')} aria-hidden="true" />
            <span className="truncate">{text}</span>
          </span>
        </span>
      </Link>
      <time dateTime={call.createdAt} className="shrink-0 text-xs text-ink-soft">
        {listTime(call.createdAt, now)}
      </time>
      <IconButton
        label={t('callBack', { name: other.displayName })}
        disabled={!isFree}
        className="text-heart-ink"
        onClick={() => startCall(other, call.type)}
      >
        {call.type === 'video' ? <Video className="size-5.5" aria-hidden="true" /> : <Phone className="size-5" aria-hidden="true" />}
      </IconButton>
    </div>
  );
}
