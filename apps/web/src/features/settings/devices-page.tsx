import type { Session } from '@app/api-client';
import { useSessions } from '@app/api-client/react';
import { Globe, LogOut, type LucideIcon, Monitor, ShieldCheck, Smartphone, Terminal } from 'lucide-react';
import { useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { cx } from '../../design/cx';
import { notify, notifyError } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { Confirm } from '../../design/sheet';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useFormats } from '../../language/use-formats';
import { useNow } from '../../language/use-now';
import { useTexts } from '../../language/use-texts';
import { SecureDevices } from '../encryption/secure-devices';
import { deviceName } from '../notifications/device-name';
import { useSignOut } from './use-sign-out';

const icons: Readonly<Record<NonNullable<Session['platform']>, LucideIcon>> = {
  web: Globe,
  ios: Smartphone,
  android: Smartphone,
  admin: Monitor,
  node: Terminal,
};

/** By what the device says of itself: a browser on a phone is a phone. */
function iconOf({ platform, device }: Session): LucideIcon {
  if (/Android|iOS/.test(device)) return Smartphone;
  if (/Windows|macOS|Linux|ChromeOS/.test(device)) return Monitor;
  return icons[platform ?? 'web'];
}

export function DevicesPage() {
  const t = useTexts('settings');
  const { sessions, revoke, isLoading, error } = useSessions();
  const retry = useRetry('auth.listSessions');
  const { signOut, isSigningOut } = useSignOut();
  const [asking, setAsking] = useState<'others' | 'all'>();
  const [ending, setEnding] = useState(false);
  const others = sessions.filter(({ current }) => !current);

  async function endOthers() {
    setEnding(true);
    try {
      await Promise.all(others.map(({ id }) => revoke(id)));
      notify({ tone: 'good', title: t('devices.othersDone') });
    } catch (error) {
      notifyError(error);
    }
    setEnding(false);
  }
  // This device first, then the ones that were used last.
  const ordered = [...sessions].sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt));

  return (
    <Page title={t('devices.title')} back={<BackLink to="/settings" label={t('backToSettings')} />}>
      <p className="mb-5 text-ink-soft">{t('devices.text')}</p>
      {isLoading ? (
        <Loading className="grid gap-3">
          {['a', 'b', 'c'].map((key) => (
            <Skeleton key={key} className="h-24 rounded-3xl!" />
          ))}
        </Loading>
      ) : error && sessions.length === 0 ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <>
          <ul className="grid gap-3">
            {ordered.map((session) => (
              <li key={session.id}>
                <DeviceCard session={session} onRevoke={revoke} />
              </li>
            ))}
          </ul>
          <div className="mt-6 grid gap-3">
            {others.length > 0 && (
              <Button variant="plain" pending={ending} icon={<ShieldCheck className="size-5" />} onClick={() => setAsking('others')}>
                {t('devices.others')}
              </Button>
            )}
            <Button variant="plain-danger" pending={isSigningOut} icon={<LogOut className="size-5" />} onClick={() => setAsking('all')}>
              {t('devices.everywhere')}
            </Button>
          </div>
        </>
      )}
      <SecureDevices />
      <Confirm
        open={asking !== undefined}
        onOpen={(open) => !open && setAsking(undefined)}
        title={t(asking === 'others' ? 'devices.othersTitle' : 'devices.everywhereTitle')}
        action={t(asking === 'others' ? 'devices.others' : 'devices.everywhere')}
        onConfirm={() => void (asking === 'others' ? endOthers() : signOut(true))}
      >
        {t(asking === 'others' ? 'devices.othersText' : 'devices.everywhereText')}
      </Confirm>
    </Page>
  );
}

function DeviceCard({ session, onRevoke }: { session: Session; onRevoke(id: string): Promise<void> }) {
  const t = useTexts('settings');
  const { relativeTime } = useFormats();
  const now = useNow();
  const [pending, setPending] = useState(false);
  const [asking, setAsking] = useState(false);
  const Icon = iconOf(session);
  const device = deviceName(session.device, useTexts('notifications'));

  async function signOut() {
    setPending(true);
    try {
      await onRevoke(session.id);
      notify({ tone: 'good', title: t('devices.signedOut', { device }) });
    } catch (error) {
      notifyError(error);
      setPending(false);
    }
  }

  return (
    <Card className={cx('flex flex-wrap items-center gap-x-4 gap-y-3', session.current && 'ring-2 ring-heart')}>
      <span
        className={cx(
          'grid size-12 shrink-0 place-items-center rounded-2xl',
          session.current ? 'bg-heart-soft text-heart-ink' : 'bg-sunken text-ink-soft',
        )}
      >
        <Icon className="size-6" aria-hidden="true" />
      </span>
      <div className="min-w-0 grow basis-40">
        <p className="font-bold break-words">{device}</p>
        <p className="text-sm text-ink-soft">
          {session.current ? t('devices.hereNow') : t('devices.lastUsed', { when: relativeTime(session.lastSeenAt, now) })} ·{' '}
          {session.address}
        </p>
        <p className="text-sm text-ink-soft">{t('devices.signedIn', { when: relativeTime(session.createdAt, now) })}</p>
      </div>
      {session.current ? (
        <span className="max-sm:ml-16 rounded-full bg-heart-soft px-3 py-1.5 text-sm font-bold text-heart-ink">
          {t('devices.thisDevice')}
        </span>
      ) : (
        <Button variant="soft" size="sm" className="max-sm:ml-16" pending={pending} onClick={() => setAsking(true)}>
          {t('signOut')}
          <span className="sr-only"> {device}</span>
        </Button>
      )}
      <Confirm
        open={asking}
        onOpen={setAsking}
        title={t('devices.oneTitle', { device })}
        action={t('signOut')}
        onConfirm={() => void signOut()}
      >
        {t('devices.oneText')}
      </Confirm>
    </Card>
  );
}
