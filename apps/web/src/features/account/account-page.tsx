import { isApiError } from '@app/api-client';
import { useAccount, useAuth } from '@app/api-client/react';
import { useNavigate } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { type FormEvent, useRef, useState } from 'react';
import { Button } from '../../design/button';
import { PasswordField } from '../../design/field';
import { notify, notifyError } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { Confirm } from '../../design/sheet';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { focusFirstFault } from '../auth/focus-first-fault';
import { FormError } from '../auth/form-error';

/** An account is erased for good so many days after it was deleted. */
const erasureDays = 30;

/** Hands a text to the browser as a file to keep. */
function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Everything held about oneself to take along, and the way out. */
export function AccountPage() {
  const t = useTexts('account');
  const settings = useTexts('settings');
  return (
    <Page title={t('title')} back={<BackLink to="/settings" label={settings('backToSettings')} />}>
      <div className="grid gap-5">
        <CopyCard />
        <DeleteCard />
      </div>
    </Page>
  );
}

function CopyCard() {
  const t = useTexts('account');
  const { longDate } = useFormats();
  const { dataExport, requestExport, downloadExport, isPending } = useAccount();

  async function run(task: () => Promise<void>) {
    try {
      await task();
    } catch (error) {
      notifyError(error);
    }
  }

  return (
    <Card title={t('copyTitle')}>
      <p className="text-ink-soft">{t('copyText')}</p>
      <div role="status" className="mt-4 grid justify-items-start gap-3">
        {dataExport?.status === 'preparing' && <p>{t('preparing')}</p>}
        {dataExport?.expiresAt && (
          <>
            <p>{t('ready', { until: longDate(dataExport.expiresAt) })}</p>
            <Button
              variant="soft"
              pending={isPending}
              icon={<Download className="size-5" />}
              onClick={() => void run(async () => save(await downloadExport(), 'heartline.json'))}
            >
              {t('fetch')}
            </Button>
          </>
        )}
        {dataExport === null && (
          <Button
            variant="soft"
            pending={isPending}
            onClick={() =>
              void run(async () => {
                await requestExport();
              })
            }
          >
            {t('ask')}
          </Button>
        )}
      </div>
    </Card>
  );
}

function DeleteCard() {
  const t = useTexts('account');
  const { longDate } = useFormats();
  const { user } = useAuth();
  const { deleteAccount, isPending } = useAccount();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<string | undefined>();
  const [error, setError] = useState<unknown>(null);
  const [asking, setAsking] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const hasPassword = user?.hasPassword ?? true;

  function refuse(text: string) {
    setFault(text);
    focusFirstFault(form.current);
  }

  function submit(event: FormEvent) {
    event.preventDefault();
    setError(null);
    setFault(undefined);
    if (hasPassword && !password) return refuse(t('enterPassword'));
    setAsking(true);
  }

  async function confirmed() {
    try {
      const when = longDate(await deleteAccount(hasPassword ? password : undefined));
      await navigate({ to: '/', replace: true });
      notify({ title: t('done', { when }) });
    } catch (cause) {
      if (isApiError(cause, 'PASSWORD_WRONG')) refuse(t('wrong'));
      else setError(cause);
    }
  }

  return (
    <Card title={t('deleteTitle')}>
      <p className="text-ink-soft">{t('deleteText', { days: erasureDays })}</p>
      <form ref={form} noValidate className="mt-4 grid gap-5" onSubmit={submit}>
        {hasPassword ? (
          <PasswordField
            label={t('password')}
            autoComplete="current-password"
            value={password}
            error={fault}
            onChange={({ target }) => setPassword(target.value)}
          />
        ) : (
          <p>{t('recent')}</p>
        )}
        <FormError error={error} />
        <Button type="submit" variant="plain-danger" pending={isPending} className="justify-self-start">
          {t('delete')}
        </Button>
      </form>
      <Confirm open={asking} onOpen={setAsking} title={t('sure')} action={t('delete')} onConfirm={() => void confirmed()}>
        {t('sureText')}
      </Confirm>
    </Card>
  );
}
