import { isApiError } from '@app/api-client';
import { useAuth } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../design/button';
import { PasswordField } from '../../design/field';
import { notify } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { fieldFaults } from '../../language/error-text';
import { useTexts } from '../../language/use-texts';
import { focusFirstFault } from '../auth/focus-first-fault';
import { FormError } from '../auth/form-error';
import { shortestPassword } from '../auth/sign-up-form';

export function PasswordPage() {
  const t = useTexts('settings');
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
    if (!currentPassword) return refuse({ currentPassword: t('password.enterCurrent') });
    if (newPassword.length < shortestPassword) return refuse({ newPassword: t('password.tooShort', { least: shortestPassword }) });
    setPending(true);
    try {
      await changePassword({ currentPassword, newPassword });
      notify({ tone: 'good', title: t('password.done') });
      await navigate({ to: '/settings' });
    } catch (cause) {
      if (isApiError(cause, 'PASSWORD_WRONG')) refuse({ currentPassword: t('password.wrong') });
      else if (isApiError(cause, 'VALIDATION_FAILED')) refuse(fieldFaults(cause));
      else setError(cause);
    } finally {
      setPending(false);
    }
  }

  return (
    <Page title={t('password.title')} back={<BackLink to="/settings" label={t('backToSettings')} />}>
      <Card>
        <form ref={form} noValidate className="grid gap-5 py-2" onSubmit={submit}>
          <PasswordField
            label={t('password.current')}
            autoComplete="current-password"
            value={currentPassword}
            error={faults.currentPassword}
            onChange={({ target }) => setCurrent(target.value)}
          />
          <PasswordField
            label={t('password.new')}
            autoComplete="new-password"
            hint={t('password.hint', { least: shortestPassword })}
            value={newPassword}
            error={faults.newPassword}
            onChange={({ target }) => setNew(target.value)}
          />
          <FormError error={error} />
          <Button type="submit" pending={pending} className="justify-self-start">
            {t('password.title')}
          </Button>
        </form>
      </Card>
    </Page>
  );
}
