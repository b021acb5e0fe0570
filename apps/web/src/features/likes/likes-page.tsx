import type { Like, SwipeAction } from '@app/api-client';
import { useLikes } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { Heart, Star, X } from 'lucide-react';
import { useRetry } from '../../app/use-retry';
import { IconButton } from '../../design/button';
import { notifyError } from '../../design/notices';
import { BackLink, Page } from '../../design/page';
import { Paged } from '../../design/paged';
import { Portrait, paletteOf } from '../../design/portrait/portrait';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { Where } from '../people/where';

const grid = 'grid grid-cols-2 gap-3 sm:grid-cols-3 sm:gap-4 lg:grid-cols-4 xl:grid-cols-5';

/** Who likes you and waits for your answer. */
export function LikesPage() {
  const t = useTexts('likes');
  const { likes, answer, ...state } = useLikes();
  const retry = useRetry('likes.received');

  async function decide(userId: string, action: SwipeAction) {
    try {
      await answer(userId, action);
    } catch (cause) {
      notifyError(cause);
    }
  }

  return (
    <Page title={t('title')} width="grid" back={<BackLink to="/matches" label={t('back')} />}>
      <Paged
        paging={{ ...state, items: likes, retry }}
        keyOf={({ person }) => person.id}
        above={<p className="mb-5 text-ink-soft">{t('text')}</p>}
        className={grid}
        skeleton="aspect-[4/5] rounded-3xl!"
        rowClass="animate-appear"
        empty={
          <EmptyState
            picture={
              <RoundPicture>
                <Heart aria-hidden="true" />
              </RoundPicture>
            }
            title={t('noneTitle')}
          >
            {t('noneText')}
          </EmptyState>
        }
      >
        {(like) => <LikeCard like={like} onDecide={(action) => void decide(like.person.id, action)} />}
      </Paged>
    </Page>
  );
}

function LikeCard({ like: { person, superLike }, onDecide }: { like: Like; onDecide(action: SwipeAction): void }) {
  const t = useTexts('likes');
  const deep = paletteOf(person.id).deep;
  return (
    <article aria-label={person.displayName} className="relative aspect-[4/5] overflow-hidden rounded-3xl shadow-card">
      <Portrait person={person} />
      {/* Covers the card, so that all of it leads to the person; buttons lie above it. */}
      <Link
        to="/people/$userId"
        params={{ userId: person.id }}
        aria-label={`${person.displayName}, ${person.age}`}
        className="absolute inset-0 rounded-3xl outline-offset-[-4px] focus-visible:outline-white"
      />
      {superLike && (
        <span className="pointer-events-none absolute top-3 left-3 flex items-center gap-1 rounded-full bg-honey px-2.5 py-1 text-xs font-bold text-on-honey">
          <Star className="size-3.5 fill-current" aria-hidden="true" />
          {t('superLike')}
        </span>
      )}
      <div
        className="pointer-events-none absolute inset-x-0 bottom-0 grid grid-cols-1 gap-2 p-3 pt-12 text-white"
        style={{ background: `linear-gradient(to top, ${deep} 8%, ${deep}d9 45%, transparent)` }}
      >
        <p className="truncate text-lg leading-none font-bold">
          {person.displayName} <span className="font-semibold opacity-90">{person.age}</span>
        </p>
        <Where person={person} className="text-sm text-white/90" />
        <div className="pointer-events-auto relative flex justify-between gap-2">
          <IconButton label={t('pass', { name: person.displayName })} variant="plain" size="sm" onClick={() => onDecide('pass')}>
            <X className="size-5" aria-hidden="true" />
          </IconButton>
          <IconButton label={t('like', { name: person.displayName })} variant="primary" size="sm" onClick={() => onDecide('like')}>
            <Heart className="size-5 fill-current" aria-hidden="true" />
          </IconButton>
        </div>
      </div>
    </article>
  );
}
