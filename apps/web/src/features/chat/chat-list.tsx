import type { Conversation } from '@app/api-client';
import { useAuth, useConversations } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { Archive, BellOff, MessageCircleHeart, Search, UsersRound } from 'lucide-react';
import { useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { buttonClass, IconButton } from '../../design/button';
import { cx } from '../../design/cx';
import { useTitle } from '../../design/page';
import { Paged } from '../../design/paged';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import type { TextsOf } from '../../language/spoken';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { GroupAvatar } from '../groups/group-avatar';
import { NewGroup } from '../groups/new-group';
import { noteText } from '../groups/note-text';
import { PersonAvatar, useNameOf } from '../people/person-or-gone';
import { PresenceDot } from '../presence/presence';
import { FoundMessages } from './found-messages';
import { isClosed, isGone, spokenMessage } from './spoken-message';
import { useSettled } from './use-settled';

/** All conversations, the latest first. */
export function ChatList({ activeId }: { activeId: string | undefined }) {
  const t = useTexts('chat');
  useTitle(t('title'));
  const groups = useTexts('groups');
  const [archived, setArchived] = useState(false);
  const [isMaking, setIsMaking] = useState(false);
  const { conversations, ...state } = useConversations({ archived });
  const { user } = useAuth();
  const retry = useRetry('conversations.list');
  const [words, setWords] = useState('');
  const asked = useSettled(words.trim(), 250);
  return (
    <>
      <header className="flex h-16 shrink-0 items-center px-5 pt-2 lg:h-24 lg:pt-4">
        <h1 className="grow text-[1.75rem] font-extrabold lg:text-4xl">{archived ? groups('archived') : t('title')}</h1>
        <IconButton
          label={groups('archived')}
          aria-pressed={archived}
          variant={archived ? 'soft' : 'ghost'}
          onClick={() => setArchived(!archived)}
        >
          <Archive className="size-5.5" aria-hidden="true" />
        </IconButton>
        <IconButton label={groups('new')} onClick={() => setIsMaking(true)}>
          <UsersRound className="size-5.5" aria-hidden="true" />
        </IconButton>
        <NewGroup open={isMaking} onOpen={setIsMaking} />
      </header>
      <label className="mx-4 mb-2 flex h-11 shrink-0 items-center gap-2 rounded-full border border-line bg-sunken px-4 focus-within:border-focus focus-within:ring-[3px] focus-within:ring-focus/25">
        <Search className="size-4.5 shrink-0 text-ink-soft" aria-hidden="true" />
        <input
          type="search"
          aria-label={t('search.label')}
          placeholder={t('search.label')}
          value={words}
          maxLength={200}
          onChange={({ target }) => setWords(target.value)}
          className="min-w-0 grow bg-transparent text-base outline-none placeholder:text-ink-soft"
        />
      </label>
      <div className="scroll-quiet min-h-0 grow overflow-y-auto px-2 pb-4">
        {asked !== '' ? (
          <FoundMessages words={asked} conversations={conversations} />
        ) : (
          <Paged
            paging={{ ...state, items: conversations, retry }}
            keyOf={({ id }) => id}
            className="grid grid-cols-1 gap-0.5"
            skeleton="h-19 rounded-2xl!"
            empty={archived ? <p className="px-3 py-6 text-ink-soft">{groups('noArchived')}</p> : <NoChats />}
          >
            {(conversation) => <ChatRow conversation={conversation} myId={user?.id} isActive={conversation.id === activeId} />}
          </Paged>
        )}
      </div>
    </>
  );
}

function lastWords(
  { lastMessage, lastSender, person, draft }: Conversation,
  myId: string | undefined,
  t: TextsOf<'chat'>,
  groups: TextsOf<'groups'>,
  encryption: TextsOf<'encryption'>,
): string {
  if (draft) return t('list.draft', { text: draft.text });
  if (lastMessage?.system) {
    // Only whoever did it is known here.
    const nameOf = (userId: string) =>
      userId === myId ? groups('you') : userId === lastSender?.id ? lastSender.displayName : groups('notes.many', { count: 1 });
    return noteText(lastMessage.system, lastMessage.senderId, nameOf, groups);
  }
  if (!lastMessage) return person ? t('list.sayHello', { name: person.displayName }) : '';
  const mine = lastMessage.senderId === myId;
  if (isClosed(lastMessage)) return encryption('unreadable');
  if (isGone(lastMessage)) return t(mine ? 'list.youDeleted' : 'deleted');
  const text = spokenMessage(lastMessage, t);
  if (mine) return t('list.you', { text });
  return lastSender ? `${lastSender.displayName}: ${text}` : text;
}

function ChatRow({ conversation, myId, isActive }: { conversation: Conversation; myId: string | undefined; isActive: boolean }) {
  const t = useTexts('chat');
  const { listTime } = useFormats();
  const now = useNow();
  const nameOf = useNameOf();
  const groups = useTexts('groups');
  const encryption = useTexts('encryption');
  const { id, kind, name, person, unreadCount, lastActivityAt, lastMessage, open, muted } = conversation;
  const isUnread = unreadCount > 0;
  return (
    <Link
      to="/chats/$conversationId"
      params={{ conversationId: id }}
      aria-current={isActive ? 'page' : undefined}
      className={cx(
        'flex items-center gap-3.5 rounded-2xl px-3 py-2.5 transition-colors',
        isActive ? 'bg-heart-soft' : 'hoverable:hover:bg-sunken',
      )}
    >
      {kind === 'group' ? (
        <GroupAvatar picture={conversation.picture} className="size-13" />
      ) : (
        <span className="relative shrink-0">
          <PersonAvatar person={person} className={cx('size-13', !open && 'opacity-50 grayscale')} />
          <PresenceDot userId={person?.id} />
        </span>
      )}
      <div className="min-w-0 grow">
        <div className="flex items-baseline justify-between gap-2">
          <span className="flex min-w-0 items-center gap-1.5 text-[1.0625rem] font-bold">
            <span className="truncate">{name ?? nameOf(person)}</span>
            {muted && <BellOff className="size-3.5 shrink-0 text-ink-soft" aria-label={groups('muted')} />}
          </span>
          <time dateTime={lastActivityAt} className={cx('shrink-0 text-xs', isUnread ? 'font-bold text-heart-ink' : 'text-ink-soft')}>
            {listTime(lastActivityAt, now)}
          </time>
        </div>
        <div className="flex items-center justify-between gap-3">
          <span
            className={cx(
              'truncate text-[0.9375rem]',
              isUnread ? 'font-semibold text-ink' : 'text-ink-soft',
              (!lastMessage || isGone(lastMessage)) && 'italic',
            )}
          >
            {lastWords(conversation, myId, t, groups, encryption)}
          </span>
          {isUnread && (
            <span className="grid min-w-5.5 shrink-0 place-items-center rounded-full bg-heart px-1.5 text-xs leading-5.5 font-bold text-on-heart tabular-nums">
              {unreadCount > 99 ? '99+' : unreadCount}
              <span className="sr-only"> {t('list.unread')}</span>
            </span>
          )}
        </div>
      </div>
    </Link>
  );
}

function NoChats() {
  const t = useTexts('chat');
  return (
    <EmptyState
      picture={
        <RoundPicture>
          <MessageCircleHeart aria-hidden="true" />
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
  );
}
