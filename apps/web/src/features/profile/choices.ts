import type { ProfileDetails } from '@app/api-client';
import type { Choice } from '../../design/field';
import { useTexts } from '../../language/use-texts';

type Chosen<Name extends keyof ProfileDetails> = NonNullable<ProfileDetails[Name]>;
type Language = ProfileDetails['languages'][number];

/** What each of these can say, in the order in which it is offered. */
const choices = {
  lookingFor: ['relationship', 'casual', 'friendship', 'not_sure'],
  education: ['school', 'apprenticeship', 'studying', 'bachelor', 'master', 'doctorate'],
  drinking: ['never', 'sometimes', 'often'],
  smoking: ['never', 'sometimes', 'often', 'quitting'],
  exercise: ['never', 'sometimes', 'often'],
  children: ['have', 'have_and_want_more', 'want', 'do_not_want', 'not_sure'],
} as const satisfies { readonly [Name in ChoiceName]: readonly Chosen<Name>[] };

export type ChoiceName = 'lookingFor' | 'education' | 'drinking' | 'smoking' | 'exercise' | 'children';

/** The languages that people can say they speak, by ISO 639-1. */
export const spokenLanguages = [
  ...(['af', 'am', 'ar', 'az', 'be', 'bg', 'bn', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa', 'fi'] as const),
  ...(['fr', 'ga', 'gl', 'gu', 'ha', 'he', 'hi', 'hr', 'hu', 'hy', 'id', 'ig', 'is', 'it', 'ja', 'ka', 'kk', 'km', 'kn', 'ko'] as const),
  ...(['ku', 'lt', 'lv', 'mk', 'ml', 'mn', 'mr', 'ms', 'my', 'ne', 'nl', 'no', 'pa', 'pl', 'ps', 'pt', 'ro', 'ru', 'si', 'sk'] as const),
  ...(['sl', 'so', 'sq', 'sr', 'sv', 'sw', 'ta', 'te', 'th', 'tl', 'tr', 'uk', 'ur', 'uz', 'vi', 'yo', 'zh', 'zu'] as const),
] as const satisfies readonly Language[];

/** What each of these can say, in the words of the app. */
export function useChoices(): Readonly<Record<ChoiceName, readonly Choice<string>[]>> {
  const t = useTexts('profile');
  return {
    lookingFor: choices.lookingFor.map((value) => ({ value, label: t(`choices.lookingFor.${value}`) })),
    education: choices.education.map((value) => ({ value, label: t(`choices.education.${value}`) })),
    drinking: choices.drinking.map((value) => ({ value, label: t(`choices.drinking.${value}`) })),
    smoking: choices.smoking.map((value) => ({ value, label: t(`choices.smoking.${value}`) })),
    exercise: choices.exercise.map((value) => ({ value, label: t(`choices.exercise.${value}`) })),
    children: choices.children.map((value) => ({ value, label: t(`choices.children.${value}`) })),
  };
}
