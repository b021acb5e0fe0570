import { isApiError } from '@app/api-client';
import { useSignIn } from '@app/api-client/react';
import { Link, useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useRef, useState } from 'react';
import { Button, buttonClass } from '../../design/button';
import { PasswordField } from '../../design/field';
import { notify } from '../../design/notices';
import { useTitle } from '../../design/page';
import { useTexts } from '../../language/use-texts';
import { focusFirstFault } from './focus-first-fault';
import { FormError } from './form-error';
import { shortestPassword } from './sign-up-form';

/** Sets a new password by the link that was mailed. */
export function ResetPasswordPage() {
  const t = useTexts('auth');
  useTitle(t('reset.title'));
  const { token } = useSearch({ strict: false });
  const { resetPassword, isPending } = useSignIn();
  const navigate = useNavigate();
  const [newPassword, setPassword] = useState('');
  const [fault, setFault] = useState<string>();
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);

  async function submit(event: FormEvent) {
    event.preventDefault();
    setError(null);
    setFault(undefined);
    if (newPassword.length < shortestPassword) {
      setFault(t('faults.password', { least: shortestPassword }));
      return focusFirstFault(form.current);
    }
    try {
      await resetPassword({ token: token ?? '', newPassword });
      notify({ tone: 'good', title: t('reset.done') });
      await navigate({ to: '/sign-in', replace: true });
    } catch (cause) {
      setError(cause);
    }
  }

  if (!token || isApiError(error, 'LINK_INVALID')) {
    return (
      <div role="alert" className="grid gap-5">
        <h1 className="text-4xl font-extrabold">{t('reset.overTitle')}</h1>
        <p className="text-ink-soft">{t('reset.overText')}</p>
        <Link to="/forgot-password" className={buttonClass('primary', 'lg')}>
          {t('reset.again')}
        </Link>
      </div>
    );
  }
  return (
    <>
      <h1 className="mb-1 text-4xl font-extrabold">{t('reset.title')}</h1>
      <p className="mb-7 text-ink-soft">{t('reset.text')}</p>
      <form ref={form} noValidate className="grid gap-5" onSubmit={submit}>
        <PasswordField
          label={t('reset.field')}
          name="password"
          autoComplete="new-password"
          hint={t('fields.passwordHint', { least: shortestPassword })}
          value={newPassword}
          error={fault}
          onChange={({ target }) => setPassword(target.value)}
        />
        <FormError error={error} />
        <Button type="submit" size="lg" pending={isPending}>
          {t('reset.save')}
        </Button>
      </form>
    </>
  );
}
