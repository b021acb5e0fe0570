import type { Person } from '@app/api-client';
import { apiMutation, useApi } from '@app/api-client/react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Ban } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { Confirm } from '../../design/sheet';
import { useTexts } from '../../language/use-texts';

/** Blocks someone, and leaves their page, which is not there any more. */
export function BlockAction({ person }: { person: Person }) {
  const { mutateAsync: block, isPending } = useMutation(apiMutation(useApi(), 'blocks.block'));
  const t = useTexts('profile');
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);

  async function confirmed() {
    try {
      await block({ userId: person.id });
      await navigate({ to: '/discover' });
      notify({ title: t('block.done', { name: person.displayName }) });
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <>
      <Button
        pending={isPending}
        variant="ghost-danger"
        size="sm"
        className="-ml-3 justify-self-start"
        icon={<Ban className="size-4" />}
        onClick={() => setAsking(true)}
      >
        {t('block.action')}
      </Button>
      <Confirm
        open={asking}
        onOpen={setAsking}
        title={t('block.title', { name: person.displayName })}
        action={t('block.action')}
        onConfirm={() => void confirmed()}
      >
        {t('block.text')}
      </Confirm>
    </>
  );
}
