import type { Gender } from '@app/api-client';
import { type ApiError, isApiError, minimumAge } from '@app/api-client';

export interface SignUpValues {
  displayName: string;
  email: string;
  password: string;
  birthDate: string;
  gender: Gender | '';
}

export type SignUpFaults = Partial<Record<keyof SignUpValues, string>>;

export const shortestPassword = 8;

/** What is missing, in the order of the fields; null where nothing is. The service has the last word on everything. */
export function faultsOf(values: SignUpValues): SignUpFaults | null {
  const faults: SignUpFaults = {};
  if (!values.displayName.trim()) faults.displayName = 'Tell us what to call you.';
  if (!values.email.trim()) faults.email = 'Enter your email.';
  if (values.password.length < shortestPassword) faults.password = `Choose at least ${shortestPassword} characters.`;
  if (!values.birthDate) faults.birthDate = 'Enter the day you were born.';
  if (!values.gender) faults.gender = 'Choose one. You can change it later.';
  return Object.keys(faults).length > 0 ? faults : null;
}

const kinder: SignUpFaults = {
  displayName: 'Names can be up to 50 characters.',
  email: 'That does not look like an email.',
  birthDate: 'That is not a day in the calendar.',
};

/** The fields the service refused, in words for people; null where it was not about fields. */
export function refusedFields(error: ApiError): SignUpFaults | null {
  if (isApiError(error, 'EMAIL_TAKEN')) return { email: 'There is already an account with this email. Is it yours? Then sign in.' };
  if (!isApiError(error, 'VALIDATION_FAILED')) return null;
  return { ...error.fieldErrors, ...Object.fromEntries(Object.entries(kinder).filter(([field]) => field in error.fieldErrors)) };
}

/** The day someone may join, in milliseconds; undefined for a day that is none. */
export function welcomeFrom(birthDate: string, age = minimumAge): number | undefined {
  const date = new Date(`${birthDate}T00:00:00`);
  if (Number.isNaN(date.getTime())) return undefined;
  date.setFullYear(date.getFullYear() + age);
  return date.getTime();
}
