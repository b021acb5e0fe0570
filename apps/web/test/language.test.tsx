import { ApiError } from '@app/api-client';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { loaders } from '../src/language/catalogues';
import { broughtLanguage, deviceLanguage } from '../src/language/choice';
import { errorText, fieldFaults } from '../src/language/error-text';
import { LanguageSwitch } from '../src/language/language-field';
import { firstSpoken, localeOf } from '../src/language/languages';
import { speak, spokenLanguage, textsOf } from '../src/language/spoken';
import { clockTime, dayName, listTime, relativeTime } from '../src/language/time';
import { useFormats } from '../src/language/use-formats';
import { useTexts } from '../src/language/use-texts';

afterEach(() => vi.restoreAllMocks());

describe('the language of the app', () => {
  it('is the first of the browser that is spoken here, and English where there is none', () => {
    expect(firstSpoken(['ja', 'pt-BR', 'fr'])).toBe('pt');
    expect(firstSpoken(['ja', 'eo'])).toBe('en');
  });

  it('writes dates and numbers as the browser does, where it wants this language', () => {
    expect(localeOf('de', ['en-US', 'de-AT'])).toBe('de-AT');
    expect(localeOf('pt', ['en-US'])).toBe('pt-PT');
  });

  it('is what was chosen on this device before, not what the browser asks for', () => {
    expect(deviceLanguage()).toBe('en');
    localStorage.setItem('heartline.language', 'es');
    expect(deviceLanguage()).toBe('es');
    localStorage.setItem('heartline.language', 'tlh');
    expect(deviceLanguage()).toBe('en');
  });

  function Screen() {
    const t = useTexts('matches');
    const { list, quantity } = useFormats();
    return (
      <p>
        {t('likeEachOther', { name: 'Ben' })} {list(['a', 'b', 'c'])} {quantity(2, 'hour')}
      </p>
    );
  }

  it('changes at once, everywhere, and is taken along to the account', async () => {
    render(
      <>
        <LanguageSwitch />
        <Screen />
      </>,
    );
    expect(screen.getByText('You and Ben like each other. a, b, and c 2 hours')).toBeTruthy();
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Language' }), 'de');
    expect(await screen.findByText('Du und Ben mögt euch. a, b und c 2 Stunden')).toBeTruthy();
    expect(document.documentElement.lang).toBe('de');
    expect(screen.getByRole('combobox', { name: 'Sprache' })).toBeTruthy();
    await waitFor(() => expect(broughtLanguage()).toBe('de'));
    expect(deviceLanguage()).toBe('de');
  });

  it('is the last one asked for, in whatever order they arrive', async () => {
    await Promise.all([speak('fr'), speak('de'), speak('pt')]);
    expect(spokenLanguage()).toBe('pt');
    expect(textsOf('words')('save')).toBe('Guardar');
  });

  it('stays as it was where another cannot be loaded', async () => {
    vi.spyOn(loaders.first, 'es').mockRejectedValue(new Error('offline'));
    await expect(speak('es')).rejects.toThrow('offline');
    expect(spokenLanguage()).toBe('en');
    expect(document.documentElement.lang).toBe('en');
  });
});

describe('errors', () => {
  const limited = new ApiError({ code: 'RATE_LIMITED', message: 'x', status: 429, details: { retryAfterSeconds: 240 } });

  it('are told in the language of the app', async () => {
    expect(errorText(limited).title).toBe('That was a bit fast. Try again in 4 minutes.');
    await speak('de');
    expect(errorText(limited).title).toBe('Das war etwas schnell. Versuch es in 4 Minuten noch einmal.');
    expect(errorText(new ApiError({ code: 'EMAIL_TAKEN', message: 'x', status: 409, requestId: 'r-1' }))).toEqual({
      title: 'Zu dieser E-Mail gibt es schon ein Konto.',
      detail: 'EMAIL_TAKEN · Anfrage r-1',
    });
    const allowed = ['image/jpeg', 'audio/webm', 'video/webm', 'audio/mpeg'];
    const refused = new ApiError({ code: 'FILE_TYPE_NOT_ALLOWED', message: 'x', status: 415, details: { allowed } });
    expect(errorText(refused).title).toBe('Diese Art von Datei geht nicht. Nimm JPEG, WebM oder MP3.');
  });

  it('that this page does not know yet, or that are mistakes of ours, say so in general', () => {
    expect(errorText(new ApiError({ code: 'INVALID_CURSOR', message: 'x', status: 400 })).title).toBe('Something went wrong.');
    expect(errorText(new Error('boom'))).toEqual({ title: 'Something went wrong.', detail: 'boom' });
  });

  it('of fields go by what the validator calls them, the first of each field', async () => {
    const issues = [
      { path: 'email', message: 'Invalid email', code: 'invalid_format' },
      { path: 'email', message: 'Too long', code: 'too_big' },
      { path: 'bio', message: 'x', code: 'some_new_code' },
    ];
    await speak('fr');
    expect(fieldFaults(new ApiError({ code: 'VALIDATION_FAILED', message: 'x', status: 400, details: { issues } }))).toEqual({
      email: 'Cela n’a pas l’air correct.',
      bio: 'Cela ne convient pas.',
    });
    expect(fieldFaults(limited)).toEqual({});
  });
});

describe('times', () => {
  /** A Thursday. */
  const now = Date.parse('2026-01-15T12:00:00.000Z');

  it.each([
    ['fr', 'maintenant', '5 min', 'Hier', 'Lundi', 'à l’instant', 'il y a 3 heures'],
    ['de', 'jetzt', '5 Min.', 'Gestern', 'Montag', 'gerade eben', 'vor 3 Stunden'],
    ['es', 'ahora', '5 min', 'Ayer', 'Lunes', 'ahora mismo', 'hace 3 horas'],
    ['pt-PT', 'agora', '5 min', 'Ontem', 'Segunda-feira', 'agora mesmo', 'há 3 horas'],
  ])('are told as in %s', (locale, ...words) => {
    expect(
      [
        listTime('2026-01-15T11:59:30.000Z', now, locale),
        listTime('2026-01-15T11:55:00.000Z', now, locale),
        dayName('2026-01-14T10:00:00.000Z', now, locale),
        dayName('2026-01-12T10:00:00.000Z', now, locale),
        relativeTime('2026-01-15T11:59:31.000Z', now, locale),
        relativeTime('2026-01-15T09:00:00.000Z', now, locale),
      ].map((text) => text.replaceAll(/\s/g, ' ')),
    ).toEqual(words);
    expect(clockTime('2026-01-15T15:05:00.000Z', locale)).toBe('15:05');
  });
});
