import type { Block } from '@app/api-client';
import { useBlocks } from '@app/api-client/react';
import { ShieldCheck } from 'lucide-react';
import { useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { Paged } from '../../design/paged';
import { RoundPicture } from '../../design/round-picture';
import { EmptyState } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';

/** Whom someone has blocked. */
export function BlockedPage() {
  const t = useTexts('settings');
  const { blocks, unblock, ...state } = useBlocks();
  const retry = useRetry('blocks.list');
  return (
    <Page title={t('blocked.title')} back={<BackLink to="/settings" label={t('backToSettings')} />}>
      <Paged
        paging={{ ...state, items: blocks, retry }}
        keyOf={({ person }) => person.id}
        above={<p className="mb-5 text-ink-soft">{t('blocked.text')}</p>}
        empty={
          <EmptyState
            picture={
              <RoundPicture>
                <ShieldCheck aria-hidden="true" />
              </RoundPicture>
            }
            title={t('blocked.noneTitle')}
          >
            {t('blocked.noneText')}
          </EmptyState>
        }
      >
        {(block) => <BlockedCard block={block} onUnblock={unblock} />}
      </Paged>
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
