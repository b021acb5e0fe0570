import type { Gender } from '@app/api-client';
import { isApiError, minimumAge } from '@app/api-client';
import { fieldFaults } from '../../language/error-text';
import type { TextsOf } from '../../language/spoken';

export interface SignUpValues {
  displayName: string;
  email: string;
  password: string;
  birthDate: string;
  gender: Gender | '';
}

export type SignUpFaults = Partial<Record<keyof SignUpValues, string>>;

export const shortestPassword = 8;

const orNull = (faults: SignUpFaults) => (Object.keys(faults).length > 0 ? faults : null);

/** What is missing of who somebody is; null where nothing is. The service has the last word on everything. */
export function missingAbout(values: Pick<SignUpValues, 'displayName' | 'birthDate' | 'gender'>, t: TextsOf<'auth'>): SignUpFaults | null {
  const faults: SignUpFaults = {};
  if (!values.displayName.trim()) faults.displayName = t('faults.displayName');
  if (!values.birthDate) faults.birthDate = t('faults.birthDate');
  if (!values.gender) faults.gender = t('faults.gender');
  return orNull(faults);
}

/** As `missingAbout`, for somebody who signs up with an email and a password. */
export function faultsOf(values: SignUpValues, t: TextsOf<'auth'>): SignUpFaults | null {
  const faults: SignUpFaults = { ...missingAbout(values, t) };
  if (!values.email.trim()) faults.email = t('faults.email');
  if (values.password.length < shortestPassword) faults.password = t('faults.password', { least: shortestPassword });
  return orNull(faults);
}

const longestName = 50;

/** The fields the service refused, in words for people; null where it was not about fields. */
export function refusedFields(error: unknown, t: TextsOf<'auth'>): SignUpFaults | null {
  if (isApiError(error, 'EMAIL_TAKEN')) return { email: t('faults.emailTaken') };
  if (!isApiError(error, 'VALIDATION_FAILED')) return null;
  const faults: SignUpFaults = fieldFaults(error);
  const kinder: SignUpFaults = {
    displayName: t('faults.displayNameLong', { most: longestName }),
    email: t('faults.emailFormat'),
    birthDate: t('faults.birthDateNone'),
  };
  return { ...faults, ...Object.fromEntries(Object.entries(kinder).filter(([field]) => field in faults)) };
}

/** The day someone may join, in milliseconds; undefined for a day that is none. */
export function welcomeFrom(birthDate: string, age = minimumAge): number | undefined {
  const date = new Date(`${birthDate}T00:00:00`);
  if (Number.isNaN(date.getTime())) return undefined;
  date.setFullYear(date.getFullYear() + age);
  return date.getTime();
}
