import type { SignInProvider } from '@app/api-client';
import { type FormEvent, useState } from 'react';
import { Button } from '../../design/button';
import { TextField } from '../../design/field';
import { Sheet } from '../../design/sheet';
import { useTexts } from '../../language/use-texts';

const encode = (value: unknown) =>
  btoa(String.fromCharCode(...new TextEncoder().encode(JSON.stringify(value))))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** A token as the local provider of a service without a project takes it, signed by nobody. Production takes none. */
function localToken(via: SignInProvider, email: string): string {
  const claims = {
    iss: 'https://securetoken.google.com/heartline-local',
    aud: 'heartline-local',
    sub: `${via}:${email}`.slice(0, 128),
    exp: Math.floor(Date.now() / 1000) + 3600,
    email,
    email_verified: true,
    firebase: { sign_in_provider: via },
  };
  return `${encode({ alg: 'none', typ: 'JWT' })}.${encode(claims)}.`;
}

interface LocalProviderProps {
  provider: SignInProvider;
  /** What people call it. */
  name: string;
  onToken(idToken: string): void;
  onClose(): void;
}

/** Stands in for a provider's window where none is set up, for who develops: whoever they say they are, they are. */
export default function LocalProvider({ provider, name, onToken, onClose }: LocalProviderProps) {
  const t = useTexts('development');
  const auth = useTexts('auth');
  const [email, setEmail] = useState('');
  const [fault, setFault] = useState<string>();

  function submit(event: FormEvent) {
    event.preventDefault();
    const typed = email.trim().toLowerCase();
    if (!/^\S+@\S+\.\S+$/.test(typed)) return setFault(auth('faults.emailFormat'));
    onToken(localToken(provider, typed));
  }

  return (
    <Sheet open onOpen={(open) => !open && onClose()} title={t('provider.title', { provider: name })} description={t('provider.text')}>
      <form noValidate className="grid gap-5 pt-2" onSubmit={submit}>
        <TextField
          label={auth('fields.email')}
          type="email"
          autoComplete="off"
          inputMode="email"
          autoFocus
          value={email}
          error={fault}
          onChange={({ target }) => {
            setEmail(target.value);
            setFault(undefined);
          }}
        />
        <Button type="submit" size="lg">
          {t('provider.go')}
        </Button>
      </form>
    </Sheet>
  );
}
