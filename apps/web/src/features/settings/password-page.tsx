import { isApiError } from '@app/api-client';
import { useAuth } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../design/button';
import { PasswordField } from '../../design/field';
import { notify } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { focusFirstFault } from '../auth/focus-first-fault';
import { FormError } from '../auth/form-error';
import { shortestPassword } from '../auth/sign-up-form';

export function PasswordPage() {
  const { changePassword } = useAuth();
  const navigate = useNavigate();
  const [currentPassword, setCurrent] = useState('');
  const [newPassword, setNew] = useState('');
  const [faults, setFaults] = useState<Record<string, string>>({});
  const [error, setError] = useState<unknown>(null);
  const [pending, setPending] = useState(false);
  const form = useRef<HTMLFormElement>(null);

  function refuse(found: Record<string, string>) {
    setFaults(found);
    focusFirstFault(form.current);
  }

  async function submit(event: FormEvent) {
    event.preventDefault();
    setError(null);
    setFaults({});
    if (!currentPassword) return refuse({ currentPassword: 'Enter the password you have now.' });
    if (newPassword.length < shortestPassword) return refuse({ newPassword: `Choose at least ${shortestPassword} characters.` });
    setPending(true);
    try {
      await changePassword({ currentPassword, newPassword });
      notify({ tone: 'good', title: 'Password changed. Your other devices are signed out.' });
      await navigate({ to: '/settings' });
    } catch (cause) {
      if (isApiError(cause, 'PASSWORD_WRONG')) refuse({ currentPassword: 'That is not your current password.' });
      else if (isApiError(cause, 'VALIDATION_FAILED')) refuse(cause.fieldErrors);
      else setError(cause);
    } finally {
      setPending(false);
    }
  }

  return (
    <Page title="Change password" back={<BackLink to="/settings" label="Back to settings" />}>
      <Card>
        <form ref={form} noValidate className="grid gap-5 py-2" onSubmit={submit}>
          <PasswordField
            label="Current password"
            autoComplete="current-password"
            value={currentPassword}
            error={faults.currentPassword}
            onChange={({ target }) => setCurrent(target.value)}
          />
          <PasswordField
            label="New password"
            autoComplete="new-password"
            hint={`At least ${shortestPassword} characters. All other devices are signed out.`}
            value={newPassword}
            error={faults.newPassword}
            onChange={({ target }) => setNew(target.value)}
          />
          <FormError error={error} />
          <Button type="submit" pending={pending} className="justify-self-start">
            Change password
          </Button>
        </form>
      </Card>
    </Page>
  );
}
