import type { Friend, FriendRequest, Person } from '@app/api-client';
import { useFriendRequests, useFriends } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { UsersRound } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { Paged } from '../../design/paged';
import { Avatar } from '../../design/portrait/portrait';
import { RoundPicture } from '../../design/round-picture';
import { Confirm } from '../../design/sheet';
import { EmptyState } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { PresenceDot, usePresenceText } from '../presence/presence';

/** Friends, and the requests that wait for an answer. */
export function FriendsPage() {
  const t = useTexts('friends');
  const { friends, remove, ...state } = useFriends();
  const received = useFriendRequests('received');
  const sent = useFriendRequests('sent');
  const retry = useRetry('friends.list', 'friends.requests');
  const isNothing = friends.length + received.requests.length + sent.requests.length === 0;
  const isLoading = state.isLoading || received.isLoading || sent.isLoading;
  const rows = { className: 'divide-y divide-line', empty: null };
  return (
    <Page title={t('title')} back={<BackLink to="/profile" label={t('backToProfile')} />}>
      {isLoading || isNothing ? (
        <Paged
          paging={{ ...state, items: friends, isLoading, error: state.error ?? received.error ?? sent.error, retry }}
          keyOf={({ person }) => person.id}
          empty={
            <EmptyState
              picture={
                <RoundPicture>
                  <UsersRound aria-hidden="true" />
                </RoundPicture>
              }
              title={t('noneTitle')}
            >
              {t('noneText')}
            </EmptyState>
          }
        >
          {() => null}
        </Paged>
      ) : (
        <div className="grid gap-5">
          {received.requests.length > 0 && (
            <Card title={t('received')}>
              <Paged paging={{ ...received, items: received.requests, retry }} keyOf={({ id }) => id} {...rows}>
                {(request) => <ReceivedRow request={request} onAccept={received.accept} onDecline={received.decline} />}
              </Paged>
            </Card>
          )}
          {sent.requests.length > 0 && (
            <Card title={t('sent')}>
              <Paged paging={{ ...sent, items: sent.requests, retry }} keyOf={({ id }) => id} {...rows}>
                {(request) => <SentRow request={request} onCancel={sent.cancel} />}
              </Paged>
            </Card>
          )}
          {friends.length > 0 && (
            <Card title={t('yours')}>
              <Paged paging={{ ...state, items: friends, retry }} keyOf={({ person }) => person.id} {...rows}>
                {(friend) => <FriendRow friend={friend} onRemove={remove} />}
              </Paged>
            </Card>
          )}
        </div>
      )}
    </Page>
  );
}

function Row({ person, note, children }: { person: Person; note: string; children: ReactNode }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <Link to="/people/$userId" params={{ userId: person.id }} className="flex min-w-0 grow basis-44 items-center gap-3 rounded-2xl">
        <span className="relative shrink-0">
          <Avatar person={person} className="size-11" />
          <PresenceDot userId={person.id} className="size-3" />
        </span>
        <span className="min-w-0">
          <span className="block font-bold break-words">{person.displayName}</span>
          <span className="block text-sm text-ink-soft">{note}</span>
        </span>
      </Link>
      <span className="flex gap-2">{children}</span>
    </div>
  );
}

/** Runs one act at a time and tells what came of it. */
function useAct(): [pending: string | null, act: (name: string, task: () => Promise<void>, told?: string) => void] {
  const [pending, setPending] = useState<string | null>(null);
  async function run(name: string, task: () => Promise<void>, told?: string) {
    setPending(name);
    try {
      await task();
      if (told !== undefined) notify({ tone: 'good', title: told });
    } catch (error) {
      notifyError(error);
    } finally {
      setPending(null);
    }
  }
  return [pending, (name, task, told) => void run(name, task, told)];
}

interface ReceivedRowProps {
  request: FriendRequest;
  onAccept(requestId: string): Promise<void>;
  onDecline(requestId: string): Promise<void>;
}

function ReceivedRow({ request: { id, person, createdAt }, onAccept, onDecline }: ReceivedRowProps) {
  const t = useTexts('friends');
  const { relativeTime } = useFormats();
  const now = useNow();
  const [pending, act] = useAct();
  const name = <span className="sr-only"> {person.displayName}</span>;
  return (
    <Row person={person} note={t('askedWhen', { when: relativeTime(createdAt, now) })}>
      <Button
        size="sm"
        pending={pending === 'accept'}
        disabled={pending !== null}
        onClick={() => act('accept', () => onAccept(id), t('accepted', { name: person.displayName }))}
      >
        {t('accept')}
        {name}
      </Button>
      <Button
        size="sm"
        variant="plain"
        pending={pending === 'decline'}
        disabled={pending !== null}
        onClick={() => act('decline', () => onDecline(id), t('declined', { name: person.displayName }))}
      >
        {t('decline')}
        {name}
      </Button>
    </Row>
  );
}

function SentRow({ request: { id, person, createdAt }, onCancel }: { request: FriendRequest; onCancel(requestId: string): Promise<void> }) {
  const t = useTexts('friends');
  const { relativeTime } = useFormats();
  const now = useNow();
  const [pending, act] = useAct();
  return (
    <Row person={person} note={t('askedWhen', { when: relativeTime(createdAt, now) })}>
      <Button size="sm" variant="soft" pending={pending !== null} onClick={() => act('cancel', () => onCancel(id))}>
        {t('takeBack')}
        <span className="sr-only"> {person.displayName}</span>
      </Button>
    </Row>
  );
}

function FriendRow({ friend: { person, since }, onRemove }: { friend: Friend; onRemove(userId: string): Promise<void> }) {
  const t = useTexts('friends');
  const { longDate } = useFormats();
  const presence = usePresenceText(person.id);
  const [pending, act] = useAct();
  const [asking, setAsking] = useState(false);
  return (
    <Row person={person} note={presence ?? t('since', { when: longDate(since) })}>
      <Button size="sm" variant="ghost-danger" pending={pending !== null} onClick={() => setAsking(true)}>
        {t('remove')}
        <span className="sr-only"> {person.displayName}</span>
      </Button>
      <Confirm
        open={asking}
        onOpen={setAsking}
        title={t('removeTitle', { name: person.displayName })}
        action={t('remove')}
        onConfirm={() => act('remove', () => onRemove(person.id), t('removed', { name: person.displayName }))}
      >
        {t('removeText')}
      </Confirm>
    </Row>
  );
}
