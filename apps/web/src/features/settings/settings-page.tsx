import type { Preferences } from '@app/api-client';
import { useAuth } from '@app/api-client/react';
import { Link } from '@tanstack/react-router';
import {
  AtSign,
  Ban,
  Bell,
  ChevronRight,
  Flag,
  KeyRound,
  LogOut,
  MapPin,
  Monitor,
  MonitorSmartphone,
  Moon,
  ShieldCheck,
  Sun,
  UserRoundX,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { useRetry } from '../../app/use-retry';
import { Button } from '../../design/button';
import { Segmented, SwitchRow } from '../../design/choices';
import { SelectField } from '../../design/field';
import { BackLink, Card, Page } from '../../design/page';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { setTheme, type Theme, useTheme } from '../../design/theme';
import { LanguageField } from '../../language/language-field';
import { useTexts } from '../../language/use-texts';
import { looksAfter } from '../admin/access';
import { DiscoveryForm } from './discovery-form';
import { usePreferences } from './use-preferences';
import { useSignOut } from './use-sign-out';

const themes: readonly Theme[] = ['light', 'dark', 'system'];
const themeIcons = {
  light: <Sun className="size-4" aria-hidden="true" />,
  dark: <Moon className="size-4" aria-hidden="true" />,
  system: <Monitor className="size-4" aria-hidden="true" />,
};
const visibilities: readonly Preferences['privacy']['profileVisibility'][] = ['public', 'matches', 'hidden'];

export function SettingsPage() {
  const t = useTexts('settings');
  const location = useTexts('location');
  const app = useTexts('app');
  const reports = useTexts('reports');
  const account = useTexts('account');
  const { preferences, error, change } = usePreferences();
  const theme = useTheme();
  const retry = useRetry('users.preferences');
  const { user } = useAuth();
  const { signOut, isSigningOut } = useSignOut();
  return (
    <Page title={t('title')} back={<BackLink to="/profile" label={t('backToProfile')} className="lg:hidden" />}>
      {preferences ? (
        <div className="grid gap-5">
          <Card title={t('appearance')}>
            <div className="grid gap-4 pt-1 pb-2">
              <Segmented
                label={t('theme')}
                choices={themes.map((value) => ({ value, label: t(`themes.${value}`) }))}
                icons={themeIcons}
                value={theme}
                onValue={(chosen) => {
                  setTheme(chosen);
                  change({ app: { theme: chosen } });
                }}
              />
              <LanguageField onChosen={(language) => change({ app: { language } })} />
            </div>
          </Card>
          <Card title={t('whoYouSee')}>
            <div className="pt-1 pb-2">
              <DiscoveryForm />
            </div>
            <ul className="-mx-2 mt-2 grid">
              <SettingsLink to="/settings/location" icon={<MapPin className="size-5" aria-hidden="true" />}>
                {location('title')}
              </SettingsLink>
            </ul>
          </Card>
          <Card title={t('privacy')}>
            <div className="pt-1">
              <SelectField
                label={t('visibility')}
                choices={visibilities.map((value) => ({ value, label: t(`visibilities.${value}`) }))}
                hint={t(`visibilityHints.${preferences.privacy.profileVisibility}`)}
                value={preferences.privacy.profileVisibility}
                onValue={(profileVisibility) => change({ privacy: { profileVisibility } })}
              />
            </div>
            <div className="mt-2 divide-y divide-line">
              <SwitchRow
                label={t('showOnline')}
                hint={t('showOnlineHint')}
                checked={preferences.privacy.showOnlineStatus}
                onChecked={(showOnlineStatus) => change({ privacy: { showOnlineStatus } })}
              />
              <SwitchRow
                label={t('showLastSeen')}
                checked={preferences.privacy.showLastSeen}
                onChecked={(showLastSeen) => change({ privacy: { showLastSeen } })}
              />
              <SwitchRow
                label={t('showDistance')}
                checked={preferences.privacy.showDistance}
                onChecked={(showDistance) => change({ privacy: { showDistance } })}
              />
            </div>
          </Card>
          <Card title={t('notifications')}>
            <ul className="-mx-2 grid">
              <SettingsLink to="/settings/notifications" icon={<Bell className="size-5" aria-hidden="true" />}>
                {t('reaching.which')}
              </SettingsLink>
            </ul>
            <SwitchRow
              label={t('autoPlay')}
              checked={preferences.app.autoPlayVideos}
              onChecked={(autoPlayVideos) => change({ app: { autoPlayVideos } })}
            />
          </Card>
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <Loading className="grid gap-5">
          {['h-40', 'h-48', 'h-56'].map((height) => (
            <Skeleton key={height} className={`${height} rounded-3xl!`} />
          ))}
        </Loading>
      )}
      <Card title={t('security')} className="mt-5">
        <ul className="-mx-2 grid">
          <SettingsLink to="/settings/contact" icon={<AtSign className="size-5" aria-hidden="true" />}>
            {t('contact.title')}
          </SettingsLink>
          <SettingsLink to="/settings/devices" icon={<MonitorSmartphone className="size-5" aria-hidden="true" />}>
            {t('devices.title')}
          </SettingsLink>
          <SettingsLink to="/settings/blocked" icon={<Ban className="size-5" aria-hidden="true" />}>
            {t('blocked.title')}
          </SettingsLink>
          <SettingsLink to="/settings/reports" icon={<Flag className="size-5" aria-hidden="true" />}>
            {reports('mine')}
          </SettingsLink>
          <SettingsLink to="/settings/password" icon={<KeyRound className="size-5" aria-hidden="true" />}>
            {t('password.title')}
          </SettingsLink>
          {looksAfter(user?.role) && (
            <SettingsLink to="/admin" icon={<ShieldCheck className="size-5" aria-hidden="true" />}>
              {app('admin')}
            </SettingsLink>
          )}
          <SettingsLink to="/settings/account" icon={<UserRoundX className="size-5" aria-hidden="true" />}>
            {account('title')}
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
        {t('signOut')}
      </Button>
    </Page>
  );
}

type Target =
  | '/settings/contact'
  | '/settings/devices'
  | '/settings/blocked'
  | '/settings/location'
  | '/settings/reports'
  | '/settings/notifications'
  | '/settings/password'
  | '/settings/account'
  | '/admin';

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
