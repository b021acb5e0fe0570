import type { Preferences } from '@app/api-client';
import { useAuth } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import { Ban, ChevronRight, KeyRound, LogOut, Monitor, MonitorSmartphone, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { Segmented, SwitchRow } from '../../design/choices';
import { type Choice, SelectField } from '../../design/field';
import { BackLink, Card, Page } from '../../design/page';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { setTheme, type Theme, useTheme } from '../../design/theme';
import { DiscoveryForm } from './discovery-form';
import { usePreferences } from './use-preferences';
import { useSignOut } from './use-sign-out';

const themes: readonly Choice<Theme>[] = [
  { value: 'light', label: 'Light' },
  { value: 'dark', label: 'Dark' },
  { value: 'system', label: 'System' },
];
const themeIcons = {
  light: <Sun className="size-4" aria-hidden="true" />,
  dark: <Moon className="size-4" aria-hidden="true" />,
  system: <Monitor className="size-4" aria-hidden="true" />,
};
const languages: readonly Choice<Preferences['app']['language']>[] = [
  { value: 'en', label: 'English' },
  { value: 'fr', label: 'Français' },
  { value: 'de', label: 'Deutsch' },
  { value: 'es', label: 'Español' },
  { value: 'pt', label: 'Português' },
];
const visibilities: readonly Choice<Preferences['privacy']['profileVisibility']>[] = [
  { value: 'public', label: 'Everyone on Heartline' },
  { value: 'matches', label: 'Only my matches' },
  { value: 'hidden', label: 'Nobody new, hide me' },
];
const visibilityHints = {
  public: 'You appear in discovery.',
  matches: 'People you are matched with see your page, nobody else does.',
  hidden: 'You are left out of discovery. Your matches stay.',
};

export function SettingsPage() {
  const { preferences, error, change } = usePreferences();
  const theme = useTheme();
  const retry = useRetry('users.preferences');
  const { user } = useAuth();
  const { signOut, isSigningOut } = useSignOut();
  return (
    <Page title="Settings" back={<BackLink to="/profile" label="Back to profile" className="lg:hidden" />}>
      {preferences ? (
        <div className="grid gap-5">
          <Card title="Appearance">
            <div className="grid gap-4 pt-1 pb-2">
              <Segmented
                label="Theme"
                choices={themes}
                icons={themeIcons}
                value={theme}
                onValue={(chosen) => {
                  setTheme(chosen);
                  change({ app: { theme: chosen } });
                }}
              />
              <SelectField
                label="Language"
                hint="Kept for when Heartline speaks it."
                choices={languages}
                value={preferences.app.language}
                onValue={(language) => change({ app: { language } })}
              />
            </div>
          </Card>
          <Card title="Who you see">
            <div className="pt-1 pb-2">
              <DiscoveryForm />
            </div>
          </Card>
          <Card title="Privacy">
            <div className="pt-1">
              <SelectField
                label="Who sees your profile"
                choices={visibilities}
                hint={visibilityHints[preferences.privacy.profileVisibility]}
                value={preferences.privacy.profileVisibility}
                onValue={(profileVisibility) => change({ privacy: { profileVisibility } })}
              />
            </div>
            <div className="mt-2 divide-y divide-line">
              <SwitchRow
                label="Show when you are here"
                checked={preferences.privacy.showOnlineStatus}
                onChecked={(showOnlineStatus) => change({ privacy: { showOnlineStatus } })}
              />
              <SwitchRow
                label="Show when you were last here"
                checked={preferences.privacy.showLastSeen}
                onChecked={(showLastSeen) => change({ privacy: { showLastSeen } })}
              />
            </div>
          </Card>
          <Card title="Notifications">
            <div className="divide-y divide-line">
              <SwitchRow
                label="Push"
                hint="On your phone"
                checked={preferences.notifications.push}
                onChecked={(push) => change({ notifications: { push } })}
              />
              <SwitchRow
                label="By mail"
                hint={user?.email ?? ''}
                checked={preferences.notifications.email}
                onChecked={(email) => change({ notifications: { email } })}
              />
              <SwitchRow label="SMS" checked={preferences.notifications.sms} onChecked={(sms) => change({ notifications: { sms } })} />
              <SwitchRow
                label="Play videos by themselves"
                checked={preferences.app.autoPlayVideos}
                onChecked={(autoPlayVideos) => change({ app: { autoPlayVideos } })}
              />
            </div>
          </Card>
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <Loading what="your settings" className="grid gap-5">
          {['h-40', 'h-48', 'h-56'].map((height) => (
            <Skeleton key={height} className={`${height} rounded-3xl!`} />
          ))}
        </Loading>
      )}
      <Card title="Security" className="mt-5">
        <ul className="-mx-2 grid">
          <SettingsLink to="/settings/devices" icon={<MonitorSmartphone className="size-5" aria-hidden="true" />}>
            Devices
          </SettingsLink>
          <SettingsLink to="/settings/blocked" icon={<Ban className="size-5" aria-hidden="true" />}>
            Blocked people
          </SettingsLink>
          <SettingsLink to="/settings/password" icon={<KeyRound className="size-5" aria-hidden="true" />}>
            Change password
          </SettingsLink>
        </ul>
      </Card>
      <Button
        variant="plain-danger"
        className="mt-6 w-full"
        pending={isSigningOut}
        icon={<LogOut className="size-5" />}
        onClick={() => void signOut()}
      >
        Sign out
      </Button>
    </Page>
  );
}

type Target = '/settings/devices' | '/settings/blocked' | '/settings/password';

function SettingsLink({ to, icon, children }: { to: Target; icon: ReactNode; children: string }) {
  return (
    <li>
      <Link to={to} className="flex min-h-12 items-center gap-3.5 rounded-2xl px-2 font-medium transition-colors hover:bg-sunken">
        <span className="text-ink-soft">{icon}</span>
        <span className="grow">{children}</span>
        <ChevronRight className="size-5 text-ink-soft" aria-hidden="true" />
      </Link>
    </li>
  );
}
