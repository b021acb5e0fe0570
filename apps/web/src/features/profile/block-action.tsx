import type { Person } from '@app/api-client';
import { apiMutation, useApi } from '@app/api-client/react';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Ban } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { Confirm } from '../../design/sheet';

/** Blocks someone, and leaves their page, which is not there any more. */
export function BlockAction({ person }: { person: Person }) {
  const { mutateAsync: block, isPending } = useMutation(apiMutation(useApi(), 'blocks.block'));
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);

  async function confirmed() {
    try {
      await block({ userId: person.id });
      await navigate({ to: '/discover' });
      notify({ title: `${person.displayName} is blocked.` });
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
        className="mt-4 -ml-3 justify-self-start"
        icon={<Ban className="size-4" />}
        onClick={() => setAsking(true)}
      >
        Block
      </Button>
      <Confirm open={asking} onOpen={setAsking} title={`Block ${person.displayName}?`} action="Block" onConfirm={() => void confirmed()}>
        Neither of you sees the other any more, and a match between you ends. They are not told.
      </Confirm>
    </>
  );
}
