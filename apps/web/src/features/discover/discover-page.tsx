import { Compass, RefreshCw, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../../design/button';
import { useTitle } from '../../design/page';
import { Sheet } from '../../design/sheet';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { NotificationsBell } from '../notifications/bell';
import { DiscoveryForm } from '../settings/discovery-form';
import { About } from './about';
import { Deck } from './deck';
import { SwipeButtons } from './swipe-buttons';
import { useDeck } from './use-deck';
import { useSwipeKeys } from './use-swipe-keys';

const keys = [
  ['←', 'pass'],
  ['→', 'like'],
  ['↑', 'superLike'],
  ['Z', 'undo'],
] as const;

function Shortcuts() {
  const t = useTexts('discover');
  return (
    <dl className="flex flex-wrap gap-x-5 gap-y-2 text-sm text-ink-soft" aria-label={t('keyboard')}>
      {keys.map(([key, meaning]) => (
        <div key={key} className="flex items-center gap-2">
          <dt>
            <kbd className="grid h-7 min-w-7 place-items-center rounded-lg border border-b-2 border-line-strong bg-surface px-1.5 font-sans font-semibold text-ink">
              {key}
            </kbd>
          </dt>
          <dd>{t(meaning)}</dd>
        </div>
      ))}
    </dl>
  );
}

export function DiscoverPage() {
  const t = useTexts('discover');
  useTitle(t('title'));
  const deck = useDeck();
  const { current, error } = deck;
  const [filtersOpen, setFiltersOpen] = useState(false);
  const [aboutOpen, setAboutOpen] = useState(false);
  useSwipeKeys({ onSwipe: deck.swipe, onUndo: deck.undo });
  const hasDeck = current !== undefined || deck.leaving.length > 0;

  return (
    <div className="mx-auto flex w-full max-w-6xl grow flex-col px-4 pb-3 sm:px-8 lg:pb-8">
      <header className="flex h-14 shrink-0 items-center gap-2 lg:h-24 lg:pt-4">
        <h1 className="grow text-[1.75rem] leading-none font-extrabold lg:text-4xl">{t('title')}</h1>
        <NotificationsBell className="lg:hidden" />
        <IconButton label={t('filters')} variant="plain" onClick={() => setFiltersOpen(true)}>
          <SlidersHorizontal className="size-5" aria-hidden="true" />
        </IconButton>
      </header>
      <div className="grid grow gap-x-16 lg:grid-cols-[minmax(0,27rem)_minmax(0,1fr)] lg:items-center lg:justify-center">
        <div className="mx-auto flex size-full min-h-0 max-w-md flex-col gap-4 lg:gap-6 lg:h-[min(46rem,calc(100dvh-9rem))]">
          <div className="relative min-h-[20rem] grow">
            <div className="absolute inset-0 bottom-6">
              {deck.isLoading ? (
                <Loading className="size-full">
                  <Skeleton className="size-full rounded-[2rem]!" />
                </Loading>
              ) : hasDeck ? (
                <Deck
                  people={deck.shown}
                  leaving={deck.leaving}
                  cameBack={deck.cameBack}
                  onDecide={deck.swipe}
                  onGone={deck.gone}
                  onMore={() => setAboutOpen(true)}
                />
              ) : error ? (
                <ErrorState error={error} onRetry={() => void deck.refresh()} className="h-full justify-center" />
              ) : (
                <NobodyLeft onFilters={() => setFiltersOpen(true)} onRefresh={() => void deck.refresh()} />
              )}
            </div>
          </div>
          <SwipeButtons disabled={!current} canUndo={deck.canUndo} onSwipe={deck.swipe} onUndo={deck.undo} />
        </div>
        <aside className="hidden min-h-0 content-center gap-8 lg:grid" aria-label={t('about')}>
          {current && (
            <div key={current.id} className="max-w-md animate-rise">
              <About profile={current} />
            </div>
          )}
          <Shortcuts />
        </aside>
      </div>
      <p className="sr-only" aria-live="polite">
        {deck.said} {current ? `${current.displayName}, ${current.age}${current.city ? `, ${current.city}` : ''}.` : ''}
      </p>
      <Sheet open={filtersOpen} onOpen={setFiltersOpen} title={t('filters')} description={t('filtersHint')}>
        <DiscoveryForm />
        <Button className="mt-8 w-full" onClick={() => setFiltersOpen(false)}>
          {t('showPeople')}
        </Button>
      </Sheet>
      {current && (
        <Sheet open={aboutOpen} onOpen={setAboutOpen} title={t('about')}>
          <About profile={current} />
        </Sheet>
      )}
    </div>
  );
}

function NobodyLeft({ onFilters, onRefresh }: { onFilters(): void; onRefresh(): void }) {
  const t = useTexts('discover');
  return (
    <EmptyState
      className="h-full justify-center"
      picture={
        <span className="grid size-20 place-items-center rounded-full bg-heart-soft text-heart-ink">
          <Compass className="size-9" aria-hidden="true" />
        </span>
      }
      title={t('everyone.title')}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          <Button icon={<SlidersHorizontal className="size-4" />} onClick={onFilters}>
            {t('everyone.widen')}
          </Button>
          <Button variant="plain" icon={<RefreshCw className="size-4" />} onClick={onRefresh}>
            {t('everyone.again')}
          </Button>
        </div>
      }
    >
      {t('everyone.text')}
    </EmptyState>
  );
}
