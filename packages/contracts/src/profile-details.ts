import * as z from 'zod';

/** Languages that people can say they speak, by ISO 639-1. */
export const spokenLanguages = [
  ...['af', 'am', 'ar', 'az', 'be', 'bg', 'bn', 'bs', 'ca', 'cs', 'cy', 'da', 'de', 'el', 'en', 'es', 'et', 'eu', 'fa', 'fi'],
  ...['fr', 'ga', 'gl', 'gu', 'ha', 'he', 'hi', 'hr', 'hu', 'hy', 'id', 'ig', 'is', 'it', 'ja', 'ka', 'kk', 'km', 'kn', 'ko'],
  ...['ku', 'lt', 'lv', 'mk', 'ml', 'mn', 'mr', 'ms', 'my', 'ne', 'nl', 'no', 'pa', 'pl', 'ps', 'pt', 'ro', 'ru', 'si', 'sk'],
  ...['sl', 'so', 'sq', 'sr', 'sv', 'sw', 'ta', 'te', 'th', 'tl', 'tr', 'uk', 'ur', 'uz', 'vi', 'yo', 'zh', 'zu'],
] as const;

/** What the closed fields of a profile can say. */
export const profileChoices = {
  lookingFor: ['relationship', 'casual', 'friendship', 'not_sure'],
  education: ['school', 'apprenticeship', 'studying', 'bachelor', 'master', 'doctorate'],
  drinking: ['never', 'sometimes', 'often'],
  smoking: ['never', 'sometimes', 'often', 'quitting'],
  exercise: ['never', 'sometimes', 'often'],
  children: ['have', 'have_and_want_more', 'want', 'do_not_want', 'not_sure'],
} as const;

/** Heights that are taken for true. In centimetres. */
export const heightRangeCm = { min: 100, max: 250 } as const;

const unsaid = 'Null where they do not say.';
const changed = 'Null takes it away.';

const values = {
  heightCm: z
    .int()
    .min(heightRangeCm.min)
    .max(heightRangeCm.max)
    .meta({ examples: [172] }),
  lookingFor: z.enum(profileChoices.lookingFor).meta({ examples: ['relationship'] }),
  job: z
    .string()
    .trim()
    .min(1)
    .max(60)
    .meta({ examples: ['Carpenter'] }),
  education: z.enum(profileChoices.education).meta({ examples: ['apprenticeship'] }),
  drinking: z.enum(profileChoices.drinking).meta({ examples: ['sometimes'] }),
  smoking: z.enum(profileChoices.smoking).meta({ examples: ['never'] }),
  exercise: z.enum(profileChoices.exercise).meta({ examples: ['often'] }),
  children: z.enum(profileChoices.children).meta({ examples: ['want'] }),
};
const languages = z.array(z.enum(spokenLanguages).meta({ examples: ['pt'] })).max(8);

/** What someone says of themselves beside their own words. */
export const ProfileDetails = z
  .object({
    heightCm: values.heightCm.nullable().meta({ description: `In centimetres. ${unsaid}` }),
    lookingFor: values.lookingFor.nullable().meta({ description: `What they hope to find. ${unsaid}` }),
    languages: languages.meta({ description: 'That they speak, by ISO 639-1.', examples: [['pt', 'en']] }),
    job: values.job.nullable().meta({ description: `In their own words. ${unsaid}` }),
    education: values.education.nullable().meta({ description: unsaid }),
    drinking: values.drinking.nullable().meta({ description: unsaid }),
    smoking: values.smoking.nullable().meta({ description: unsaid }),
    exercise: values.exercise.nullable().meta({ description: unsaid }),
    children: values.children.nullable().meta({ description: unsaid }),
  })
  .meta({ id: 'ProfileDetails', description: 'What someone says of themselves beside their own words.' });
export interface ProfileDetails extends z.infer<typeof ProfileDetails> {}

/** What can be changed of them: what is left out stays. */
export const ProfileDetailsChange = z.strictObject({
  heightCm: values.heightCm
    .nullable()
    .optional()
    .meta({ description: `In centimetres. ${changed}` }),
  lookingFor: values.lookingFor.nullable().optional().meta({ description: changed }),
  languages: languages.optional().meta({ description: 'By ISO 639-1.', examples: [['pt', 'en']] }),
  job: values.job.nullable().optional().meta({ description: changed }),
  education: values.education.nullable().optional().meta({ description: changed }),
  drinking: values.drinking.nullable().optional().meta({ description: changed }),
  smoking: values.smoking.nullable().optional().meta({ description: changed }),
  exercise: values.exercise.nullable().optional().meta({ description: changed }),
  children: values.children.nullable().optional().meta({ description: changed }),
});

/** Of someone who has said nothing yet. */
export const noDetails: ProfileDetails = {
  heightCm: null,
  lookingFor: null,
  languages: [],
  job: null,
  education: null,
  drinking: null,
  smoking: null,
  exercise: null,
  children: null,
};

/** What completeness is made of. */
interface Filled {
  readonly photos: readonly unknown[];
  readonly bio: string;
  readonly interests: readonly string[];
  readonly city: string | null;
  readonly details: ProfileDetails;
}

/** What makes a profile whole, the weightiest first: how much of a hundred each is worth, and when it is there. */
const parts = {
  photo: { weight: 20, isThere: ({ photos }: Filled) => photos.length > 0 },
  bio: { weight: 15, isThere: ({ bio }: Filled) => bio !== '' },
  more_photos: { weight: 10, isThere: ({ photos }: Filled) => photos.length >= 3 },
  interests: { weight: 10, isThere: ({ interests }: Filled) => interests.length >= 3 },
  city: { weight: 10, isThere: ({ city }: Filled) => city !== null },
  looking_for: { weight: 10, isThere: ({ details }: Filled) => details.lookingFor !== null },
  height: { weight: 5, isThere: ({ details }: Filled) => details.heightCm !== null },
  languages: { weight: 5, isThere: ({ details }: Filled) => details.languages.length > 0 },
  job: { weight: 5, isThere: ({ details }: Filled) => details.job !== null },
  education: { weight: 5, isThere: ({ details }: Filled) => details.education !== null },
  habits: { weight: 5, isThere: ({ details }: Filled) => details.drinking !== null && details.smoking !== null },
} as const;

const partNames = Object.keys(parts) as [keyof typeof parts, ...(keyof typeof parts)[]];

export const Completeness = z
  .object({
    percent: z
      .int()
      .min(0)
      .max(100)
      .meta({ examples: [65] }),
    missing: z.array(z.enum(partNames).meta({ examples: ['bio'] })).meta({
      description:
        'What would make it whole, the weightiest first. `more_photos`: three; `interests`: three; `habits`: drinking and smoking.',
      examples: [['more_photos', 'looking_for', 'height', 'job', 'habits']],
    }),
  })
  .meta({ id: 'Completeness', description: 'How much of a profile is filled in.' });
export interface Completeness extends z.infer<typeof Completeness> {}

/** How much of a profile is filled in, and what is missing. */
export function completenessOf(profile: Filled): Completeness {
  const missing = partNames.filter((name) => !parts[name].isThere(profile));
  return { percent: 100 - missing.reduce((sum, name) => sum + parts[name].weight, 0), missing };
}
