import type { Gender } from '@app/api-client';
import type { Choice } from '../../design/field';
import { useTexts } from '../../language/use-texts';

const genders: readonly Gender[] = ['female', 'male', 'other'];

/** What someone is. */
export function useGenderChoices(): readonly Choice<Gender>[] {
  const t = useTexts('people');
  return genders.map((value) => ({ value, label: t(`gender.${value}`) }));
}

/** Whom someone would like to see. */
export function useGenderPlurals(): readonly Choice<Gender>[] {
  const t = useTexts('people');
  return genders.map((value) => ({ value, label: t(`genders.${value}`) }));
}
