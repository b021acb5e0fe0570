import type { Profile } from '@app/api-client';
import { apiMutation, useApi } from '@app/api-client/react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { UserRoundPlus, UsersRound } from 'lucide-react';
import { Button, buttonClass } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { useTexts } from '../../language/use-texts';

/** How one stands with someone as a friend, and what one can do about it on their page. */
export function FriendAction({ profile: { id, displayName: name, friendship } }: { profile: Profile }) {
  const t = useTexts('friends');
  const { mutateAsync: send, isPending } = useMutation(apiMutation(useApi(), 'friends.sendRequest'));

  async function ask() {
    try {
      const { friend } = await send({ userId: id });
      if (friend) notify({ tone: 'good', title: t('accepted', { name }) });
    } catch (error) {
      notifyError(error);
    }
  }

  const list = (
    <Link to="/friends" className={buttonClass('plain', 'sm')}>
      <UsersRound className="size-4" aria-hidden="true" />
      {t('title')}
    </Link>
  );
  const button = (label: string) => (
    <Button size="sm" variant="soft" pending={isPending} icon={<UserRoundPlus className="size-4" />} onClick={() => void ask()}>
      {label}
    </Button>
  );
  return (
    <div role="status" className="mt-4 flex flex-wrap items-center gap-3">
      {friendship === 'none' && button(t('ask'))}
      {friendship === 'received' && (
        <>
          <span className="text-ink-soft">{t('asksYou', { name })}</span>
          {button(t('accept'))}
        </>
      )}
      {friendship === 'requested' && (
        <>
          <span className="text-ink-soft">{t('asked', { name })}</span>
          {list}
        </>
      )}
      {friendship === 'friends' && (
        <>
          <span className="text-ink-soft">{t('accepted', { name })}</span>
          {list}
        </>
      )}
    </div>
  );
}
