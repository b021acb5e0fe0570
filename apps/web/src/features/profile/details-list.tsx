import type { ProfileDetails } from '@app/api-client';
import { Baby, BriefcaseBusiness, Cigarette, Dumbbell, GraduationCap, Languages, type LucideIcon, Ruler, Search, Wine } from 'lucide-react';
import { useFormats } from '../../language/use-formats';
import { useTexts } from '../../language/use-texts';
import { type ChoiceName, useChoices } from './choices';
import { useCapitalized, useLanguageNames } from './details-fields';

/** What someone says of themselves, where they say anything: each with what it is about. */
export function DetailsList({ details }: { details: ProfileDetails }) {
  const t = useTexts('profile');
  const { list, quantity } = useFormats();
  const nameOf = useLanguageNames();
  const capitalized = useCapitalized();
  const known = useChoices();
  const chosen = (name: ChoiceName) => known[name].find(({ value }) => value === details[name])?.label ?? null;
  const { heightCm, job, languages } = details;
  const rows: readonly (readonly [LucideIcon, string, string | null])[] = [
    [Search, t('details.lookingFor'), chosen('lookingFor')],
    [Ruler, t('details.height'), heightCm === null ? null : quantity(heightCm, 'centimeter', 'short')],
    [BriefcaseBusiness, t('details.job'), job],
    [GraduationCap, t('details.education'), chosen('education')],
    [Languages, t('details.languages'), languages.length === 0 ? null : capitalized(list(languages.map(nameOf)))],
    [Baby, t('details.children'), chosen('children')],
    [Wine, t('details.drinking'), chosen('drinking')],
    [Cigarette, t('details.smoking'), chosen('smoking')],
    [Dumbbell, t('details.exercise'), chosen('exercise')],
  ];
  const said = rows.filter(([, , value]) => value !== null);
  if (said.length === 0) return null;
  return (
    <dl className="grid gap-x-6 gap-y-3 sm:grid-cols-2">
      {said.map(([Icon, label, value]) => (
        <div key={label} className="relative min-w-0 pl-8">
          <dt className="text-xs font-semibold text-ink-soft">
            <Icon className="absolute top-0.5 left-0 size-5" aria-hidden="true" />
            {label}
          </dt>
          <dd className="font-medium wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
