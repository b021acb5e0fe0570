import type { Call } from '@app/api-client';
import { apiInfiniteQuery, useApi, useAuth } from '@app/api-client/react';
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Phone, PhoneIncoming, PhoneMissed, PhoneOutgoing, Video } from 'lucide-react';
import { buttonClass, IconButton } from '../../design/button';
import { cx } from '../../design/cx';
import { Page } from '../../design/page';
import { Paged, pagingOf } from '../../design/paged';
import { Avatar } from '../../design/portrait/portrait';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { historyText } from './call-texts';
import { useStartCall } from './callee';

export function CallHistoryPage() {
  const t = useTexts('calls');
  const { user } = useAuth();
  const query = useInfiniteQuery(apiInfiniteQuery(useApi(), 'calls.history', {}));
  const paging = pagingOf(query);
  return (
    <Page title={t('title')}>
      <Paged
        paging={{ ...paging, isLoading: paging.isLoading || !user }}
        keyOf={({ id }) => id}
        className="-mx-2 grid gap-1"
        skeleton="h-16 rounded-2xl!"
        empty={
          <EmptyState
            picture={
              <RoundPicture>
                <Phone aria-hidden="true" />
              </RoundPicture>
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
        }
      >
        {(call) => user && <CallRow call={call} myId={user.id} />}
      </Paged>
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
