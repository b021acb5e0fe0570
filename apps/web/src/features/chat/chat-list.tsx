import type { Conversation } from '@app/api-client';
import { useAuth, useConversations } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { MessageCircleHeart } from 'lucide-react';
import { useRetry } from '../../app/use-retry';
import { buttonClass } from '../../design/button';
import { cx } from '../../design/cx';
import { useTitle } from '../../design/page';
import { Paged } from '../../design/paged';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import type { TextsOf } from '../../language/spoken';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { PersonAvatar, useNameOf } from '../people/person-or-gone';
import { PresenceDot } from '../presence/presence';

/** All conversations, the latest first. */
export function ChatList({ activeId }: { activeId: string | undefined }) {
  const t = useTexts('chat');
  useTitle(t('title'));
  const { conversations, ...state } = useConversations();
  const { user } = useAuth();
  const retry = useRetry('conversations.list');
  return (
    <>
      <header className="flex h-16 shrink-0 items-center px-5 pt-2 lg:h-24 lg:pt-4">
        <h1 className="text-[1.75rem] font-extrabold lg:text-4xl">{t('title')}</h1>
      </header>
      <div className="scroll-quiet min-h-0 grow overflow-y-auto px-2 pb-4">
        <Paged
          paging={{ ...state, items: conversations, retry }}
          keyOf={({ id }) => id}
          className="grid grid-cols-1 gap-0.5"
          skeleton="h-19 rounded-2xl!"
          empty={<NoChats />}
        >
          {(conversation) => <ChatRow conversation={conversation} myId={user?.id} isActive={conversation.id === activeId} />}
        </Paged>
      </div>
    </>
  );
}

function lastWords({ lastMessage, person }: Conversation, myId: string | undefined, t: TextsOf<'chat'>): string {
  if (!lastMessage) return person ? t('list.sayHello', { name: person.displayName }) : '';
  const mine = lastMessage.senderId === myId;
  if (lastMessage.text === null) return t(mine ? 'list.youDeleted' : 'deleted');
  return mine ? t('list.you', { text: lastMessage.text }) : lastMessage.text;
}

function ChatRow({ conversation, myId, isActive }: { conversation: Conversation; myId: string | undefined; isActive: boolean }) {
  const t = useTexts('chat');
  const { listTime } = useFormats();
  const now = useNow();
  const nameOf = useNameOf();
  const { id, person, unreadCount, lastActivityAt, lastMessage, open } = conversation;
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
      <span className="relative shrink-0">
        <PersonAvatar person={person} className={cx('size-13', !open && 'opacity-50 grayscale')} />
        <PresenceDot userId={person?.id} />
      </span>
      <div className="min-w-0 grow">
        <div className="flex items-baseline justify-between gap-2">
          <span className="truncate text-[1.0625rem] font-bold">{nameOf(person)}</span>
          <time dateTime={lastActivityAt} className={cx('shrink-0 text-xs', isUnread ? 'font-bold text-heart-ink' : 'text-ink-soft')}>
            {listTime(lastActivityAt, now)}
          </time>
        </div>
        <div className="flex items-center justify-between gap-3">
          <span
            className={cx(
              'truncate text-[0.9375rem]',
              isUnread ? 'font-semibold text-ink' : 'text-ink-soft',
              (!lastMessage || lastMessage.text === null) && 'italic',
            )}
          >
            {lastWords(conversation, myId, t)}
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
