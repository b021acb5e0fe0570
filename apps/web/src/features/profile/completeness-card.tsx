import type { Completeness } from '@app/api-client';
import { Link } from '@tanstack/react-router';
import { buttonClass } from '../../design/button';
import { Card } from '../../design/page';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';

/** How much of one’s profile is filled in, and what comes next. Nothing once it is whole. */
export function CompletenessCard({ completeness: { percent, missing } }: { completeness: Completeness }) {
  const t = useTexts('profile');
  const { number, list } = useFormats();
  if (missing.length === 0) return null;
  const title = t('complete.title', { percent: number(percent / 100, { style: 'percent' }) });
  return (
    <Card title={title}>
      <div role="progressbar" aria-label={title} aria-valuenow={percent} className="h-2 overflow-hidden rounded-full bg-line">
        <div className="h-full rounded-full bg-heart transition-[width] duration-500" style={{ width: `${percent}%` }} />
      </div>
      <p className="mt-3 text-ink-soft">{t('complete.next', { parts: list(missing.slice(0, 3).map((part) => t(`complete.${part}`))) })}</p>
      <Link to="/profile/edit" className={buttonClass('soft', 'md', 'mt-3')}>
        {t('complete.fill')}
      </Link>
    </Card>
  );
}
