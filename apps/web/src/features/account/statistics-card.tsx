import { useStatistics } from '@app/api-client/react';
import { Card } from '../../design/page';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';

const shown = [
  'profileViews',
  'profileViewsThisWeek',
  'likesGiven',
  'likesReceived',
  'matches',
  'friends',
  'conversations',
  'messagesSent',
  'messagesReceived',
  'calls',
  'callMinutes',
] as const;

/** What one has done here, in numbers. Nothing while they are not there. */
export function StatisticsCard() {
  const t = useTexts('account');
  const { number, longDate } = useFormats();
  const { statistics } = useStatistics();
  if (!statistics) return null;
  return (
    <Card title={t('numbers')}>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-3 pt-1 sm:grid-cols-3">
        {shown.map((name) => (
          <div key={name}>
            <dt className="text-sm text-ink-soft">{t(name)}</dt>
            <dd className="text-xl font-bold tabular-nums">{number(statistics[name])}</dd>
          </div>
        ))}
      </dl>
      <p className="mt-4 text-sm text-ink-soft">{t('memberSince', { when: longDate(statistics.memberSince) })}</p>
    </Card>
  );
}
