import { isApiError, type OtpSent } from '@app/api-client';
import { useSignIn } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { Button } from '../../design/button';
import { Segmented } from '../../design/choices';
import { TextField } from '../../design/field';
import { useTitle } from '../../design/page';
import { useTexts } from '../../language/use-texts';
import { AboutForm } from './about-form';
import { CodeForm } from './code-form';
import { withCountryCode } from './dialing';
import { FormError } from './form-error';
import { noPhone, PhoneField } from './phone-field';
import { useRefusal } from './use-refusal';

/** How far somebody has come. */
type Step =
  | { readonly name: 'where' }
  | { readonly name: 'code'; readonly to: string; readonly sent: OtpSent }
  | { readonly name: 'about'; readonly ticket: string };

/** Signing in, or up, with a code that goes to a phone or a mailbox. */
export function CodePage() {
  const t = useTexts('auth');
  useTitle(t('code.title'));
  const { sendCode, verifyCode, isPending } = useSignIn();
  const [step, setStep] = useState<Step>({ name: 'where' });
  const [by, setBy] = useState<'phone' | 'email'>('phone');
  const [phone, setPhone] = useState(noPhone);
  const [email, setEmail] = useState('');
  const { form, fault, error, refuse, setError, clear } = useRefusal();

  async function submit(event: FormEvent) {
    event.preventDefault();
    clear();
    const isByPhone = by === 'phone';
    if (isByPhone ? !phone.number.trim() : !email.trim()) return refuse(t(isByPhone ? 'code.noNumber' : 'faults.email'));
    const to = isByPhone ? withCountryCode(phone.country, phone.number) : email.trim();
    try {
      setStep({ name: 'code', to, sent: await sendCode({ to }) });
    } catch (cause) {
      if (isApiError(cause, 'VALIDATION_FAILED')) return refuse(t(isByPhone ? 'code.numberFormat' : 'faults.emailFormat'));
      setError(cause);
    }
  }

  if (step.name === 'about') return <AboutForm ticket={step.ticket} />;
  return (
    <>
      <h1 className="mb-1 text-4xl font-extrabold">{t(step.name === 'code' ? 'code.enter' : 'code.title')}</h1>
      {step.name === 'code' ? (
        <div className="mt-3">
          <CodeForm
            to={step.to}
            sent={step.sent}
            isPending={isPending}
            onCode={async (code) => {
              const { registration } = await verifyCode({ challengeId: step.sent.challengeId, code });
              if (registration !== null) setStep({ name: 'about', ticket: registration.ticket });
            }}
            onResend={async (channel) => setStep({ ...step, sent: await sendCode({ to: step.to, channel }) })}
            onBack={() => setStep({ name: 'where' })}
          />
        </div>
      ) : (
        <>
          <p className="mb-7 text-ink-soft">{t('code.text')}</p>
          <form ref={form} noValidate className="grid gap-5" onSubmit={submit}>
            <Segmented
              label={t('code.by')}
              choices={[
                { value: 'phone', label: t('code.phone') },
                { value: 'email', label: t('fields.email') },
              ]}
              value={by}
              onValue={(chosen) => {
                setBy(chosen);
                clear();
              }}
            />
            {by === 'phone' ? (
              <PhoneField value={phone} error={fault} onValue={setPhone} />
            ) : (
              <TextField
                label={t('fields.email')}
                type="email"
                name="email"
                autoComplete="email"
                inputMode="email"
                value={email}
                error={fault}
                onChange={({ target }) => setEmail(target.value)}
              />
            )}
            <FormError error={error} />
            <Button type="submit" size="lg" pending={isPending}>
              {t('code.send')}
            </Button>
            <Link to="/sign-in" className="justify-self-center font-semibold text-heart-ink underline-offset-4 hover:underline">
              {t('byPassword')}
            </Link>
          </form>
        </>
      )}
    </>
  );
}
