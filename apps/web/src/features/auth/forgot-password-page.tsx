import { isApiError } from '@app/api-client';
import { useSignIn } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../../design/button';
import { TextField } from '../../design/field';
import { useTitle } from '../../design/page';
import { useTexts } from '../../language/use-texts';
import { FormError } from './form-error';
import { useRefusal } from './use-refusal';

/** Asks for a link that sets a new password. Says the same whether there is an account or not. */
export function ForgotPasswordPage() {
  const t = useTexts('auth');
  useTitle(t('forgotten.title'));
  const { forgotPassword, isPending } = useSignIn();
  const [email, setEmail] = useState('');
  const [sentTo, setSentTo] = useState<string>();
  const { form, fault, error, refuse, setError, clear } = useRefusal();

  async function submit(event: FormEvent) {
    event.preventDefault();
    clear();
    if (!email.trim()) return refuse(t('faults.emailOfAccount'));
    try {
      await forgotPassword({ email: email.trim() });
      setSentTo(email.trim());
    } catch (cause) {
      if (isApiError(cause, 'VALIDATION_FAILED')) return refuse(t('faults.emailFormat'));
      setError(cause);
    }
  }

  const back = (
    <Link to="/sign-in" className="justify-self-center font-semibold text-heart-ink underline-offset-4 hover:underline">
      {t('forgotten.back')}
    </Link>
  );
  if (sentTo !== undefined) {
    return (
      <div role="status" className="grid gap-5">
        <h1 className="text-4xl font-extrabold">{t('forgotten.sentTitle')}</h1>
        <p className="text-ink-soft">{t('forgotten.sentText', { email: sentTo })}</p>
        {back}
      </div>
    );
  }
  return (
    <>
      <h1 className="mb-1 text-4xl font-extrabold">{t('forgotten.title')}</h1>
      <p className="mb-7 text-ink-soft">{t('forgotten.text')}</p>
      <form ref={form} noValidate className="grid gap-5" onSubmit={submit}>
        <TextField
          label={t('fields.email')}
          type="email"
          name="email"
          autoComplete="username"
          inputMode="email"
          value={email}
          error={fault}
          onChange={({ target }) => setEmail(target.value)}
        />
        <FormError error={error} />
        <Button type="submit" size="lg" pending={isPending}>
          {t('forgotten.send')}
        </Button>
        {back}
      </form>
    </>
  );
}
