import { isApiError, type OtpSent } from '@app/api-client';
import { useAuth, useVerification } from '@app/api-client/react';
import { BadgeCheck } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { useTexts } from '../../language/use-texts';
import { CodeForm } from '../auth/code-form';
import { withCountryCode } from '../auth/dialing';
import { FormError } from '../auth/form-error';
import { noPhone, PhoneField } from '../auth/phone-field';
import { useRefusal } from '../auth/use-refusal';

/** The email and the phone number that prove who one is. Nobody else sees them. */
export function ContactPage() {
  const t = useTexts('settings');
  return (
    <Page title={t('contact.title')} back={<BackLink to="/settings" label={t('backToSettings')} />}>
      <p className="mb-5 text-ink-soft">{t('contact.text')}</p>
      <div className="grid gap-5">
        <EmailCard />
        <PhoneCard />
      </div>
    </Page>
  );
}

function Verified() {
  const t = useTexts('settings');
  return (
    <span className="inline-flex items-center gap-1.5 text-sm font-semibold text-sea-ink">
      <BadgeCheck className="size-4.5" aria-hidden="true" />
      {t('contact.verified')}
    </span>
  );
}

function EmailCard() {
  const t = useTexts('settings');
  const auth = useTexts('auth');
  const { user } = useAuth();
  const { resendVerification, isPending } = useVerification();
  const email = user?.email ?? null;

  async function resend() {
    try {
      await resendVerification();
      notify({ tone: 'good', title: t('contact.resent', { email: email ?? '' }) });
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <Card title={auth('fields.email')}>
      <div className="flex flex-wrap items-center justify-between gap-3 pb-1">
        <p className="min-w-0 font-medium break-words">{email ?? t('contact.noEmail')}</p>
        {user?.emailVerified && <Verified />}
        {email !== null && !user?.emailVerified && (
          <Button variant="soft" size="sm" pending={isPending} onClick={() => void resend()}>
            {t('contact.resend')}
          </Button>
        )}
      </div>
    </Card>
  );
}

function PhoneCard() {
  const t = useTexts('settings');
  const auth = useTexts('auth');
  const { user } = useAuth();
  const { sendPhoneCode, confirmPhone, isPending } = useVerification();
  const [isOpen, setOpen] = useState(false);
  const [typed, setTyped] = useState(noPhone);
  const [asked, setAsked] = useState<{ phone: string; sent: OtpSent }>();
  const { form, fault, error, refuse, setError, clear } = useRefusal();

  async function submit(event: FormEvent) {
    event.preventDefault();
    clear();
    if (!typed.number.trim()) return refuse(auth('code.noNumber'));
    const phone = withCountryCode(typed.country, typed.number);
    try {
      setAsked({ phone, sent: await sendPhoneCode({ phone }) });
    } catch (cause) {
      if (isApiError(cause, 'VALIDATION_FAILED')) return refuse(auth('code.numberFormat'));
      setError(cause);
    }
  }

  return (
    <Card title={auth('code.phone')}>
      <div className="grid gap-5 pb-1">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <p className="font-medium">{user?.phone ?? t('contact.noPhone')}</p>
          {user?.phone && <Verified />}
          {!isOpen && (
            <Button variant="soft" size="sm" onClick={() => setOpen(true)}>
              {t(user?.phone ? 'contact.change' : 'contact.attach')}
            </Button>
          )}
        </div>
        {isOpen && !asked && (
          <form ref={form} noValidate className="grid gap-5" onSubmit={submit}>
            <PhoneField value={typed} error={fault} onValue={setTyped} />
            <FormError error={error} />
            <Button type="submit" pending={isPending} className="justify-self-start">
              {auth('code.send')}
            </Button>
          </form>
        )}
        {isOpen && asked && (
          <CodeForm
            to={asked.phone}
            sent={asked.sent}
            isPending={isPending}
            onCode={async (code) => {
              const { phone } = await confirmPhone({ challengeId: asked.sent.challengeId, code });
              notify({ tone: 'good', title: t('contact.attached', { phone: phone ?? '' }) });
              setAsked(undefined);
              setOpen(false);
            }}
            onResend={async (channel) =>
              setAsked({ ...asked, sent: await sendPhoneCode({ phone: asked.phone, channel: channel === 'email' ? 'sms' : channel }) })
            }
            onBack={() => setAsked(undefined)}
          />
        )}
      </div>
    </Card>
  );
}
