import type { Conversation, Match } from '@app/api-client';
import { useConversations, useMatch } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { HeartHandshake } from 'lucide-react';
import { useMemo, useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { buttonClass } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { Page } from '../../design/page';
import { Paged } from '../../design/paged';
import { RoundPicture } from '../../design/round-picture';
import { Confirm } from '../../design/sheet';
import { EmptyState } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { LikesWaiting } from '../likes/likes-waiting';
import { MatchCard } from './match-card';

const grid = 'grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4 xl:grid-cols-5';

/** The conversation with each person, where there is one. */
function useConversationOf(): (match: Match) => Conversation | undefined {
  const { conversations } = useConversations();
  const byPerson = useMemo(() => new Map(conversations.map((one) => [one.person?.id, one])), [conversations]);
  return ({ person }) => byPerson.get(person.id);
}

export function MatchesPage() {
  const t = useTexts('matches');
  const { matches, unmatch, ...state } = useMatch();
  const retry = useRetry('matches.matches');
  const conversationOf = useConversationOf();
  const [leaving, setLeaving] = useState<Match | null>(null);

  async function end({ id, person }: Match) {
    try {
      await unmatch(id);
      notify({ title: t('unmatched', { name: person.displayName }) });
    } catch (cause) {
      notifyError(cause);
    }
  }

  return (
    <Page title={t('title')} width="grid">
      <LikesWaiting />
      <Paged
        paging={{ ...state, items: matches, retry }}
        keyOf={({ id }) => id}
        className={grid}
        skeleton="aspect-[4/5] rounded-3xl!"
        rowClass="animate-appear"
        empty={<NoMatches />}
      >
        {(match) => <MatchCard match={match} conversation={conversationOf(match)} onUnmatch={() => setLeaving(match)} />}
      </Paged>
      <Confirm
        open={leaving !== null}
        onOpen={(open) => !open && setLeaving(null)}
        title={t('unmatchWhom', { name: leaving?.person.displayName ?? '' })}
        action={t('unmatch')}
        onConfirm={() => leaving && void end(leaving)}
      >
        {t('unmatchText')}
      </Confirm>
    </Page>
  );
}

function NoMatches() {
  const t = useTexts('matches');
  return (
    <EmptyState
      picture={
        <RoundPicture>
          <HeartHandshake aria-hidden="true" />
        </RoundPicture>
      }
      title={t('none.title')}
      action={
        <Link to="/discover" className={buttonClass()}>
          {t('none.action')}
        </Link>
      }
    >
      {t('none.text')}
    </EmptyState>
  );
}
