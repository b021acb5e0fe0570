import { type EndpointOutput, isApiError } from '@app/api-client';
import { useApi } from '@app/api-client/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../design/button';
import { TextArea } from '../../design/field';
import { notify } from '../../design/notices';
import { Card } from '../../design/page';
import { fieldFaults } from '../../language/error-text';
import { useTexts } from '../../language/use-texts';
import { FormError } from '../auth/form-error';

type Act = 'warn' | 'suspend' | 'ban' | 'activate';

/** Warns, suspends and bans someone, or takes that back. Each needs a word why. */
export function ModerateForm({ account }: { account: EndpointOutput<'admin.user'> }) {
  const t = useTexts('admin');
  const api = useApi();
  const queries = useQueryClient();
  const [reason, setReason] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState<Act | null>(null);

  async function does(act: Act) {
    setError(null);
    setFault(undefined);
    if (!reason.trim()) return setFault(t('users.needsReason'));
    setPending(act);
    try {
      const userId = account.id;
      if (act === 'warn') await api.admin.warnUser({ userId, text: reason });
      else {
        const status = act === 'suspend' ? 'suspended' : act === 'ban' ? 'banned' : 'active';
        await api.admin.setUserStatus({ userId, status, reason });
      }
      notify({ tone: 'good', title: t(act === 'warn' ? 'users.warned' : 'users.changed') });
      setReason('');
      await queries.invalidateQueries({ predicate: ({ queryKey: [id] }) => typeof id === 'string' && id.startsWith('admin.') });
    } catch (cause) {
      if (isApiError(cause, 'VALIDATION_FAILED')) setFault(Object.values(fieldFaults(cause))[0]);
      else setError(cause);
    } finally {
      setPending(null);
    }
  }

  const acts: readonly Act[] = account.status === 'active' ? ['warn', 'suspend', 'ban'] : ['activate'];
  return (
    <Card title={t('users.act')}>
      <div className="grid gap-4 py-1">
        <TextArea label={t('users.reason')} rows={2} value={reason} error={fault} onChange={({ target }) => setReason(target.value)} />
        <FormError error={error} />
        <div className="flex flex-wrap gap-2.5">
          {acts.map((act) => (
            <Button
              key={act}
              size="sm"
              variant={act === 'ban' ? 'danger' : 'plain'}
              pending={pending === act}
              disabled={pending !== null}
              onClick={() => void does(act)}
            >
              {t(`users.actions.${act}`)}
            </Button>
          ))}
        </div>
      </div>
    </Card>
  );
}
