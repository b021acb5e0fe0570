import type { Conversation, Message } from '@app/api-client';
import { apiQuery, useApi, useMessageSearch } from '@app/api-client/react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { SearchX } from 'lucide-react';
import { useRetry } from '../../app/use-retry';
import { Paged } from '../../design/paged';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { PersonAvatar, useNameOf } from '../people/person-or-gone';

/** Messages that have these words, chat by chat, in the place of the list of conversations. */
export function FoundMessages({ words, conversations }: { words: string; conversations: readonly Conversation[] }) {
  const t = useTexts('chat');
  const { found, ...state } = useMessageSearch(words);
  const retry = useRetry('messages.search');
  return (
    <Paged
      paging={{ ...state, items: found, retry }}
      keyOf={({ id }) => id}
      className="grid grid-cols-1 gap-0.5"
      skeleton="h-19 rounded-2xl!"
      empty={
        <EmptyState
          picture={
            <RoundPicture>
              <SearchX aria-hidden="true" />
            </RoundPicture>
          }
          title={t('search.none')}
        >
          {t('search.noneText', { words })}
        </EmptyState>
      }
    >
      {(message) => <Found message={message} known={conversations.find(({ id }) => id === message.conversationId)} />}
    </Paged>
  );
}

function Found({ message: { conversationId, seq, text, createdAt }, known }: { message: Message; known: Conversation | undefined }) {
  const { listTime } = useFormats();
  const now = useNow();
  const nameOf = useNameOf();
  const loaded = useQuery({ ...apiQuery(useApi(), 'conversations.get', { conversationId }), enabled: known === undefined });
  const conversation = known ?? loaded.data;
  const person = conversation?.person ?? null;
  return (
    <Link
      to="/chats/$conversationId"
      params={{ conversationId }}
      search={{ at: seq }}
      className="flex items-center gap-3.5 rounded-2xl px-3 py-2.5 transition-colors hoverable:hover:bg-sunken"
    >
      <PersonAvatar person={person} className="size-11" />
      <div className="min-w-0 grow">
        <div className="flex items-baseline justify-between gap-2">
          <span className="truncate font-bold">{conversation && (conversation.name ?? nameOf(person))}</span>
          <time dateTime={createdAt} className="shrink-0 text-xs text-ink-soft">
            {listTime(createdAt, now)}
          </time>
        </div>
        <p className="line-clamp-2 text-[0.9375rem] wrap-anywhere text-ink-soft">{text}</p>
      </div>
    </Link>
  );
}
