import { isApiError, type OtpSent } from '@app/api-client';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../design/button';
import { TextField } from '../../design/field';
import { useTexts } from '../../language/use-texts';
import { focusFirstFault } from './focus-first-fault';
import { FormError } from './form-error';
import { useCountdown } from './use-countdown';

interface CodeFormProps {
  /** Whom the code went to, as a person reads it. */
  to: string;
  sent: OtpSent;
  isPending: boolean;
  /** Takes the code; rejects where it is not right. */
  onCode(code: string): Promise<void>;
  /** Has another one sent; by SMS where it did not come by WhatsApp. */
  onResend(channel: OtpSent['channel']): Promise<void>;
  onBack(): void;
}

const digits = 6;

/** The six digits that were sent. Pasted, typed, or filled in by the phone: with the sixth they are on their way. */
export function CodeForm({ to, sent, isPending, onCode, onResend, onBack }: CodeFormProps) {
  const t = useTexts('auth');
  const [code, setCode] = useState('');
  const [fault, setFault] = useState<string>();
  const [error, setError] = useState<unknown>(null);
  const form = useRef<HTMLFormElement>(null);
  const wait = useCountdown(sent.resendAt);

  async function take(typed: string) {
    setError(null);
    if (typed.length < digits) {
      setFault(t('code.short'));
      return focusFirstFault(form.current);
    }
    try {
      await onCode(typed);
    } catch (cause) {
      if (isApiError(cause, 'OTP_INVALID')) {
        setCode('');
        setFault(t('code.wrong', { left: cause.details.attemptsLeft }));
        return focusFirstFault(form.current);
      }
      setError(cause);
    }
  }

  function change(text: string) {
    const typed = text.replace(/\D/g, '').slice(0, digits);
    setCode(typed);
    setFault(undefined);
    if (typed.length === digits && typed !== code) void take(typed);
  }

  async function resend(channel: OtpSent['channel']) {
    setError(null);
    setFault(undefined);
    setCode('');
    try {
      await onResend(channel);
    } catch (cause) {
      setError(cause);
    }
  }

  return (
    <form
      ref={form}
      noValidate
      className="grid gap-5"
      onSubmit={(event: FormEvent) => {
        event.preventDefault();
        void take(code);
      }}
    >
      <p className="-mt-2 text-ink-soft">{t(`code.sent.${sent.channel}`, { to })}</p>
      <TextField
        label={t('code.field')}
        name="one-time-code"
        autoComplete="one-time-code"
        inputMode="numeric"
        // Pasted with spaces and words around it, it is still the code.
        maxLength={64}
        autoFocus
        className="h-14! text-center text-2xl! font-bold tracking-[0.4em] tabular-nums"
        value={code}
        error={fault}
        onChange={({ target }) => change(target.value)}
      />
      <FormError error={error} />
      <Button type="submit" size="lg" pending={isPending}>
        {t('code.go')}
      </Button>
      <div className="flex flex-wrap gap-2">
        <Button variant="soft" size="sm" disabled={wait > 0} onClick={() => void resend(sent.channel)}>
          {wait > 0 ? t('code.againIn', { wait }) : t('code.again')}
        </Button>
        {sent.channel === 'whatsapp' && wait === 0 && (
          <Button variant="soft" size="sm" onClick={() => void resend('sms')}>
            {t('code.bySms')}
          </Button>
        )}
        <Button variant="ghost" size="sm" onClick={onBack}>
          {t('code.other')}
        </Button>
      </div>
    </form>
  );
}
