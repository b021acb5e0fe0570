import { type Gender, type ProfileDetails, profileChoices, type Role } from '@app/contracts';

/** Someone who is there from the start, so that a first look at the platform is not at an empty room. */
export interface Persona {
  /** The part of the email before the @. */
  readonly name: string;
  readonly displayName: string;
  readonly birthDate: string;
  readonly gender: Gender;
  readonly city: string;
  /** ISO 3166-1, two letters. */
  readonly country: string;
  readonly position: { readonly latitude: number; readonly longitude: number };
  readonly bio: string;
  readonly interests: readonly string[];
}

export const demoDomain = 'heartline.demo';
/** Every demo person's password. They are made outside production only. */
export const demoPassword = 'heartline-demo';

export function demoEmail(name: string): string {
  return `${name}@${demoDomain}`;
}

/** The first two are the ones to sign in as. */
export const personas = [
  {
    name: 'ada',
    displayName: 'Ada',
    birthDate: '1996-04-23',
    gender: 'female',
    city: 'Lisbon',
    country: 'PT',
    position: { latitude: 38.716, longitude: -9.139 },
    bio: 'Engineer by day, amateur baker by night. Looking for someone to share sourdough failures with.',
    interests: ['baking', 'climbing', 'synthesizers'],
  },
  {
    name: 'ben',
    displayName: 'Ben',
    birthDate: '1993-11-02',
    gender: 'male',
    city: 'Porto',
    country: 'PT',
    position: { latitude: 41.15, longitude: -8.61 },
    bio: 'I build bikes and ride them too far. Tell me your favourite hill.',
    interests: ['cycling', 'coffee', 'film cameras'],
  },
  {
    name: 'clara',
    displayName: 'Clara',
    birthDate: '1998-08-14',
    gender: 'female',
    city: 'Berlin',
    country: 'DE',
    position: { latitude: 52.52, longitude: 13.405 },
    bio: 'Cellist. I listen to the second theme more than the first.',
    interests: ['music', 'museums', 'swimming'],
  },
  {
    name: 'diego',
    displayName: 'Diego',
    birthDate: '1991-01-30',
    gender: 'male',
    city: 'Madrid',
    country: 'ES',
    position: { latitude: 40.417, longitude: -3.703 },
    bio: 'Paediatric nurse. Awake at odd hours, good at plasters and pancakes.',
    interests: ['cooking', 'football', 'podcasts'],
  },
  {
    name: 'emi',
    displayName: 'Emi',
    birthDate: '1999-12-05',
    gender: 'other',
    city: 'Paris',
    country: 'FR',
    position: { latitude: 48.857, longitude: 2.352 },
    bio: 'Illustrator with too many plants. They all have names.',
    interests: ['drawing', 'plants', 'comics'],
  },
  {
    name: 'farid',
    displayName: 'Farid',
    birthDate: '1988-06-18',
    gender: 'male',
    city: 'Lyon',
    country: 'FR',
    position: { latitude: 45.764, longitude: 4.836 },
    bio: 'Teaches physics, explains rainbows at parties. You have been warned.',
    interests: ['astronomy', 'chess', 'hiking'],
  },
  {
    name: 'grace',
    displayName: 'Grace',
    birthDate: '1994-03-09',
    gender: 'female',
    city: 'Accra',
    country: 'GH',
    position: { latitude: 5.556, longitude: -0.197 },
    bio: 'Runs a small bookshop. The cat does most of the selling.',
    interests: ['books', 'cats', 'highlife'],
  },
  {
    name: 'hugo',
    displayName: 'Hugo',
    birthDate: '1997-10-21',
    gender: 'male',
    city: 'Lisbon',
    country: 'PT',
    position: { latitude: 38.698, longitude: -9.36 },
    bio: 'Surf teacher in summer, translator in winter. Ask me for a word you love.',
    interests: ['surfing', 'languages', 'vinyl'],
  },
  {
    name: 'ines',
    displayName: 'Inês',
    birthDate: '1995-02-11',
    gender: 'female',
    city: 'Coimbra',
    country: 'PT',
    position: { latitude: 40.211, longitude: -8.429 },
    bio: 'Vet. Yes, you may send me pictures of your dog.',
    interests: ['dogs', 'pottery', 'running'],
  },
  {
    name: 'jonas',
    displayName: 'Jonas',
    birthDate: '1990-09-27',
    gender: 'male',
    city: 'Hamburg',
    country: 'DE',
    position: { latitude: 53.551, longitude: 9.994 },
    bio: 'Sound engineer. Silence is my favourite sound, laughter comes close.',
    interests: ['concerts', 'sailing', 'ramen'],
  },
  {
    name: 'kim',
    displayName: 'Kim',
    birthDate: '2000-05-16',
    gender: 'other',
    city: 'London',
    country: 'GB',
    position: { latitude: 51.507, longitude: -0.128 },
    bio: 'Studying urban planning, which mostly means having opinions about benches.',
    interests: ['cities', 'karaoke', 'board games'],
  },
  {
    name: 'lea',
    displayName: 'Léa',
    birthDate: '1992-07-04',
    gender: 'female',
    city: 'Marseille',
    country: 'FR',
    position: { latitude: 43.296, longitude: 5.37 },
    bio: 'Marine biologist. I have been stung by more things than you can name.',
    interests: ['diving', 'wine', 'photography'],
  },
] as const satisfies readonly Persona[];

/** `ada`, `ben`, … */
export type PersonaName = (typeof personas)[number]['name'];

/** Those of the demo who keep people safe. Nobody meets them: their profiles are hidden. They sign in like everyone else. */
export const staff = [
  { name: 'mona', displayName: 'Mona', birthDate: '1987-05-19', gender: 'female', role: 'moderator' },
  { name: 'olga', displayName: 'Olga', birthDate: '1979-12-01', gender: 'female', role: 'owner' },
] as const satisfies readonly (Pick<Persona, 'name' | 'displayName' | 'birthDate' | 'gender'> & { readonly role: Role })[];

/** `mona`, `olga` */
export type StaffName = (typeof staff)[number]['name'];

const jobs = ['Engineer', 'Bike builder', 'Cellist', 'Nurse', 'Bookseller', 'Teacher', 'Cook', 'Gardener'];
const tongues: readonly ProfileDetails['languages'][] = [['pt', 'en'], ['en', 'de'], ['es'], ['fr', 'en', 'it']];

/** What the demo person who stands at `index` of the list says of themselves; one of them says nothing. */
export function detailsOf(index: number): Partial<ProfileDetails> {
  if (index % 7 === 6) return {};
  const at = <T>(from: readonly T[]): T | null => from[index % from.length] ?? null;
  return {
    heightCm: 158 + ((index * 7) % 36),
    lookingFor: at(profileChoices.lookingFor),
    languages: at(tongues) ?? [],
    job: at(jobs),
    education: at(profileChoices.education),
    drinking: at(profileChoices.drinking),
    smoking: index % 3 === 0 ? 'never' : null,
    exercise: at(profileChoices.exercise),
    children: at(profileChoices.children),
  };
}
