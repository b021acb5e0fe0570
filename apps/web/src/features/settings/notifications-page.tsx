import type { Preferences } from '@app/api-client';
import { Check } from 'lucide-react';
import { useRetry } from '../../app/use-retry';
import { Switch, SwitchRow } from '../../design/choices';
import { TextField } from '../../design/field';
import { BackLink, Card, Page } from '../../design/page';
import { ErrorState, Loading, Skeleton } from '../../design/states';
import { useTexts } from '../../language/use-texts';
import { usePreferences } from './use-preferences';

type Notifications = Preferences['notifications'];
type Category = keyof Notifications['categories'];
type Channel = 'push' | 'email' | 'sms';

const channels: readonly Channel[] = ['push', 'email', 'sms'];
/** From what matters most to what matters least. */
const categories: readonly Category[] = ['security', 'safety', 'messages', 'matches', 'likes', 'calls', 'friends', 'reports', 'account'];
/** What nobody can switch off: the service sends it in any case. */
const always: Readonly<Partial<Record<Category, readonly Channel[]>>> = { security: ['push', 'email'], safety: ['email'] };
/** What the switch begins with. */
const night = { from: '22:00', to: '07:00' };

/** What reaches someone by which way, and when it waits. */
export function NotificationSettingsPage() {
  const t = useTexts('settings');
  const { preferences, error, change } = usePreferences();
  const retry = useRetry('users.preferences');
  return (
    <Page title={t('reaching.title')} back={<BackLink to="/settings" label={t('backToSettings')} />}>
      {preferences ? (
        <div className="grid gap-5">
          <Ways now={preferences.notifications} onChange={(notifications) => change({ notifications })} />
          <Categories now={preferences.notifications} onChange={(notifications) => change({ notifications })} />
          <QuietHours now={preferences.notifications} onChange={(notifications) => change({ notifications })} />
        </div>
      ) : error ? (
        <ErrorState error={error} onRetry={retry} />
      ) : (
        <Loading className="grid gap-5">
          {['h-44', 'h-96', 'h-32'].map((height) => (
            <Skeleton key={height} className={`${height} rounded-3xl!`} />
          ))}
        </Loading>
      )}
    </Page>
  );
}

interface PartProps {
  now: Notifications;
  onChange(change: NonNullable<Parameters<ReturnType<typeof usePreferences>['change']>[0]['notifications']>): void;
}

function Ways({ now, onChange }: PartProps) {
  const t = useTexts('settings');
  return (
    <Card title={t('reaching.ways')}>
      <p className="text-ink-soft">{t('reaching.text')}</p>
      <div className="mt-1 divide-y divide-line">
        {channels.map((channel) => (
          <SwitchRow
            key={channel}
            label={t(`reaching.channels.${channel}`)}
            checked={now[channel]}
            onChecked={(isOn) => onChange({ [channel]: isOn })}
          />
        ))}
      </div>
    </Card>
  );
}

function Categories({ now, onChange }: PartProps) {
  const t = useTexts('settings');
  return (
    <Card title={t('reaching.which')}>
      <ul className="divide-y divide-line">
        {categories.map((category) => (
          <li key={category} className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 py-3">
            <div className="min-w-0 grow basis-52">
              <h3 className="font-medium">{t(`reaching.categories.${category}`)}</h3>
              <p className="text-sm text-ink-soft">{t(`reaching.hints.${category}`)}</p>
            </div>
            <div className="flex gap-2">
              {channels.map((channel) => (
                <Cell key={channel} category={category} channel={channel} now={now} onChange={onChange} />
              ))}
            </div>
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Cell({ category, channel, now, onChange }: PartProps & { category: Category; channel: Channel }) {
  const t = useTexts('settings');
  const switches: Readonly<Partial<Record<Channel, boolean>>> = now.categories[category];
  const isOn = switches[channel];
  const name = t(`reaching.channels.${channel}`);
  const place = 'grid w-18 justify-items-center gap-1 text-xs text-ink-soft';
  if (always[category]?.includes(channel)) {
    return (
      <span className={place}>
        <span aria-hidden="true">{name}</span>
        <span className="flex h-7 items-center gap-1 font-semibold text-ink">
          <Check className="size-3.5" aria-hidden="true" />
          <span className="sr-only">{name}: </span>
          {t('reaching.always')}
        </span>
      </span>
    );
  }
  // By this way it never comes.
  if (isOn === undefined) return <span className={`${place} max-sm:hidden`} />;
  return (
    <span className={place}>
      <span aria-hidden="true">{name}</span>
      <Switch
        label={`${t(`reaching.categories.${category}`)}: ${name}`}
        checked={isOn && now[channel]}
        disabled={!now[channel]}
        onChecked={(checked) => onChange({ categories: { [category]: { [channel]: checked } } })}
      />
    </span>
  );
}

function QuietHours({ now: { quietHours }, onChange }: PartProps) {
  const t = useTexts('settings');
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  return (
    <Card>
      <SwitchRow
        label={t('reaching.quiet')}
        hint={t('reaching.quietHint')}
        checked={quietHours !== null}
        onChecked={(isOn) => onChange({ quietHours: isOn ? { ...night, timeZone } : null })}
      />
      {quietHours && (
        <div className="grid grid-cols-2 gap-4 pb-2">
          {(['from', 'to'] as const).map((end) => (
            <TextField
              key={end}
              type="time"
              required
              label={t(`reaching.${end}`)}
              value={quietHours[end]}
              onChange={({ target }) => target.value && onChange({ quietHours: { ...quietHours, timeZone, [end]: target.value } })}
            />
          ))}
        </div>
      )}
    </Card>
  );
}
