import type { Block } from '@app/api-client';
import { useBlocks } from '@app/api-client/react';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { EmptyState, ErrorState, Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';

/** Whom someone has blocked. */
export function BlockedPage() {
  const t = useTexts('settings');
  const words = useTexts('words');
  const { blocks, unblock, isLoading, hasMore, fetchMore, error } = useBlocks();
  const retry = useRetry('blocks.list');
  return (
    <Page title={t('blocked.title')} back={<BackLink to="/settings" label={t('backToSettings')} />}>
      {isLoading ? (
        <Loading className="grid gap-3">
          {['a', 'b'].map((key) => (
            <Skeleton key={key} className="h-20 rounded-3xl!" />
          ))}
        </Loading>
      ) : error && blocks.length === 0 ? (
        <ErrorState error={error} onRetry={retry} />
      ) : blocks.length === 0 ? (
        <EmptyState
          picture={
            <span className="grid size-20 place-items-center rounded-full bg-heart-soft text-heart-ink">
              <ShieldCheck className="size-9" aria-hidden="true" />
            </span>
          }
          title={t('blocked.noneTitle')}
        >
          {t('blocked.noneText')}
        </EmptyState>
      ) : (
        <>
          <p className="mb-5 text-ink-soft">{t('blocked.text')}</p>
          <ul className="grid gap-3">
            {blocks.map((block) => (
              <li key={block.person.id}>
                <BlockedCard block={block} onUnblock={unblock} />
              </li>
            ))}
          </ul>
          {hasMore && (
            <Button variant="plain" className="mx-auto mt-8 flex" onClick={() => void fetchMore()}>
              {words('showMore')}
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

function BlockedCard({ block: { person, createdAt }, onUnblock }: { block: Block; onUnblock(userId: string): Promise<void> }) {
  const t = useTexts('settings');
  const { relativeTime } = useFormats();
  const now = useNow();
  const [pending, setPending] = useState(false);

  async function unblock() {
    setPending(true);
    try {
      await onUnblock(person.id);
      notify({ tone: 'good', title: t('blocked.done', { name: person.displayName }) });
    } catch (error) {
      notifyError(error);
      setPending(false);
    }
  }

  return (
    <Card className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <div className="min-w-0 grow basis-40">
        <p className="font-bold break-words">{person.displayName}</p>
        <p className="text-sm text-ink-soft">{t('blocked.when', { when: relativeTime(createdAt, now) })}</p>
      </div>
      <Button variant="soft" size="sm" pending={pending} onClick={() => void unblock()}>
        {t('blocked.unblock')}
        <span className="sr-only"> {person.displayName}</span>
      </Button>
    </Card>
  );
}
