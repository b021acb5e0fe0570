import { type ApiError, isApiError } from '@app/api-client';
import { useMemo } from 'react';
import type { MetCode } from './error-codes';
import type english from './errors/en';
import { spokenLocale, type TextsOf, textsOf } from './spoken';
import { quantity } from './time';
import { useLocale, useTexts } from './use-texts';

/** An error as people read it. */
export interface ErrorText {
  title: string;
  /** For whoever is asked for help: the code, and the name of the request in the logs. */
  detail: string | undefined;
}

interface Words {
  t: TextsOf<'errors'>;
  locale: string;
}

/** What files are called that their media types do not name as people do. */
const formats: Readonly<Record<string, string>> = {
  'image/webp': 'WebP',
  'audio/webm': 'WebM',
  'video/webm': 'WebM',
  'audio/ogg': 'Ogg',
  'audio/mpeg': 'MP3',
  'video/quicktime': 'QuickTime',
};

/** Kinds of files as people name them: JPEG, PNG or WebP. */
function formatsOf(types: readonly string[], locale: string): string {
  const names = types.map((type) => formats[type] ?? type.slice(type.indexOf('/') + 1).toUpperCase());
  return new Intl.ListFormat(locale, { type: 'disjunction' }).format(new Set(names));
}

/** The text of a code; undefined for one that this page does not know: our mistake, or of a newer service. */
function textOf(code: string, t: TextsOf<'errors'>): string | undefined {
  const known = (one: string): one is MetCode => t.has(`codes.${one}` as `codes.${MetCode}`);
  return known(code) ? t(`codes.${code}`) : undefined;
}

function titleOf(error: ApiError, { t, locale }: Words): string {
  if (isApiError(error, 'RATE_LIMITED')) {
    const { retryAfterSeconds: wait } = error.details;
    return t('rateLimited', { wait: wait < 90 ? quantity(wait, 'second', locale) : quantity(Math.ceil(wait / 60), 'minute', locale) });
  }
  if (isApiError(error, 'UNDER_AGE')) return t('underAge', { age: error.details.minimumAge });
  if (isApiError(error, 'FILE_TYPE_NOT_ALLOWED')) return t('fileTypes', { formats: formatsOf(error.details.allowed, locale) });
  return textOf(error.code, t) ?? t('unexpected');
}

function describe(error: unknown, words: Words): ErrorText {
  const { t } = words;
  if (isApiError(error)) {
    const request = error.requestId && t('request', { id: error.requestId });
    return { title: titleOf(error, words), detail: request ? `${error.code} · ${request}` : error.code };
  }
  // What has waited in the outbox over a reload is no `ApiError` any more.
  if (typeof error === 'object' && error !== null && 'code' in error && typeof error.code === 'string') {
    return { title: textOf(error.code, t) ?? t('unexpected'), detail: error.code };
  }
  return { title: t('unexpected'), detail: error instanceof Error ? error.message : undefined };
}

/** An error in the language of the app as it is now. In components: `useErrorText`. */
export function errorText(error: unknown): ErrorText {
  return describe(error, { t: textsOf('errors'), locale: spokenLocale() });
}

export function useErrorText(): (error: unknown) => ErrorText {
  const t = useTexts('errors');
  const locale = useLocale();
  return useMemo(() => (error) => describe(error, { t, locale }), [t, locale]);
}

type FaultCode = keyof typeof english.faults;

/**
 * The fields that the service refused, in words for people: one for each field, by what the validator calls the fault.
 * Empty where it was not about fields. Forms that know better words for a field put them in its place.
 */
export function fieldFaults(error: unknown): Record<string, string> {
  if (!isApiError(error, 'VALIDATION_FAILED')) return {};
  const t = textsOf('errors');
  const known = (code: string): code is FaultCode => t.has(`faults.${code}` as `faults.${FaultCode}`);
  const fields: Record<string, string> = {};
  for (const { path, code } of error.details.issues) fields[path] ??= t(`faults.${known(code) ? code : 'custom'}`);
  return fields;
}
