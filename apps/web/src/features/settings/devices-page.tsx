import type { Session } from '@app/api-client';
import { useSessions } from '@app/api-client/react';
import { Globe, LogOut, type LucideIcon, Monitor, Smartphone, Terminal } from 'lucide-react';
import { useState } from 'react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { notify, notifyError } from '../../design/notices';
import { BackLink, Card, Page } from '../../design/page';
import { Confirm } from '../../design/sheet';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { relativeTime } from '../../language/time';
import { useNow } from '../../language/use-now';
import { useSignOut } from './use-sign-out';

const icons: Readonly<Record<NonNullable<Session['platform']>, LucideIcon>> = {
  web: Globe,
  ios: Smartphone,
  android: Smartphone,
  admin: Monitor,
  node: Terminal,
};

export function DevicesPage() {
  const { sessions, revoke, isLoading, error } = useSessions();
  const retry = useRetry('auth.listSessions');
  const { signOut, isSigningOut } = useSignOut();
  const [asking, setAsking] = useState(false);
  // This device first, then the ones that were used last.
  const ordered = [...sessions].sort((a, b) => Number(b.current) - Number(a.current) || b.lastSeenAt.localeCompare(a.lastSeenAt));

  return (
    <Page title="Devices" back={<BackLink to="/settings" label="Back to settings" />}>
      <p className="mb-5 text-ink-soft">
        Everywhere you are signed in. If you do not know one of these, sign it out and change your password.
      </p>
      {isLoading ? (
        <Loading what="your devices" className="grid gap-3">
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
          <Button
            variant="plain-danger"
            className="mt-6 w-full"
            pending={isSigningOut}
            icon={<LogOut className="size-5" />}
            onClick={() => setAsking(true)}
          >
            Sign out everywhere
          </Button>
        </>
      )}
      <Confirm
        open={asking}
        onOpen={setAsking}
        title="Sign out everywhere?"
        action="Sign out everywhere"
        onConfirm={() => void signOut(true)}
      >
        Every device is signed out, this one too.
      </Confirm>
    </Page>
  );
}

function DeviceCard({ session, onRevoke }: { session: Session; onRevoke(id: string): Promise<void> }) {
  const now = useNow();
  const [pending, setPending] = useState(false);
  const Icon = icons[session.platform ?? 'web'];

  async function signOut() {
    setPending(true);
    try {
      await onRevoke(session.id);
      notify({ tone: 'good', title: `${session.device} is signed out.` });
    } catch (error) {
      notifyError(error);
      setPending(false);
    }
  }

  return (
    <Card className="flex flex-wrap items-center gap-x-4 gap-y-3">
      <span className="grid size-12 shrink-0 place-items-center rounded-2xl bg-sunken text-ink-soft">
        <Icon className="size-6" aria-hidden="true" />
      </span>
      <div className="min-w-0 grow basis-40">
        <p className="font-bold break-words">{session.device}</p>
        <p className="text-sm text-ink-soft">
          {session.current ? 'Here now' : `Last used ${relativeTime(session.lastSeenAt, now)}`} · {session.address}
        </p>
        <p className="text-sm text-ink-soft">Signed in {relativeTime(session.createdAt, now)}</p>
      </div>
      {session.current ? (
        <span className="rounded-full bg-heart-soft px-3 py-1.5 text-sm font-bold text-heart-ink">This device</span>
      ) : (
        <Button variant="soft" size="sm" pending={pending} onClick={() => void signOut()}>
          Sign out
          <span className="sr-only"> {session.device}</span>
        </Button>
      )}
    </Card>
  );
}
