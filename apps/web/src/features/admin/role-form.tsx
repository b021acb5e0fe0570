import type { EndpointOutput, Me } from '@app/api-client';
import { useApi } from '@app/api-client/react';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { Button } from '../../design/button';
import { SelectField } from '../../design/field';
import { notify } from '../../design/notices';
import { Card } from '../../design/page';
import { Confirm } from '../../design/sheet';
import { useTexts } from '../../language/use-texts';
import { FormError } from '../auth/form-error';

type Role = Me['role'];

/** Gives someone another role, of those that one may give. */
export function RoleForm({ account, roles }: { account: EndpointOutput<'admin.user'>; roles: readonly Role[] }) {
  const t = useTexts('admin');
  const api = useApi();
  const queries = useQueryClient();
  const [role, setRole] = useState<Role>(account.role);
  const [asking, setAsking] = useState(false);
  const [pending, setPending] = useState(false);
  const [error, setError] = useState<unknown>(null);

  async function give() {
    setPending(true);
    setError(null);
    try {
      await api.admin.setUserRole({ userId: account.id, role });
      notify({ tone: 'good', title: t('users.roleGiven', { role: t(`users.roles.${role}`) }) });
      await queries.invalidateQueries({ predicate: ({ queryKey: [id] }) => typeof id === 'string' && id.startsWith('admin.') });
    } catch (cause) {
      setError(cause);
    } finally {
      setPending(false);
    }
  }

  return (
    <Card title={t('users.changeRole')}>
      <div className="grid gap-4 py-1">
        <SelectField<Role>
          label={t('users.newRole')}
          hint={t('users.roleHint')}
          choices={roles.map((value) => ({ value, label: t(`users.roles.${value}`) }))}
          value={role}
          onValue={setRole}
        />
        <FormError error={error} />
        <Button
          variant="plain"
          className="justify-self-start"
          pending={pending}
          disabled={role === account.role}
          onClick={() => setAsking(true)}
        >
          {t('users.giveRole')}
        </Button>
      </div>
      <Confirm
        open={asking}
        onOpen={setAsking}
        title={`${account.displayName}: ${t(`users.roles.${role}`)}`}
        action={t('users.giveRole')}
        onConfirm={() => void give()}
      >
        {t('users.roleHint')}
      </Confirm>
    </Card>
  );
}
