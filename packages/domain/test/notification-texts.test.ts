import { type NotificationKind, notificationKinds } from '@app/contracts';
import { describe, expect, it } from 'vitest';
import { endOfQuiet } from '../src/notifications/quiet-hours';
import { say } from '../src/notifications/texts';

describe('quiet hours', () => {
  const night = { from: '22:00', to: '07:00', timeZone: 'Europe/Lisbon' };
  const nap = { from: '13:00', to: '15:00', timeZone: 'Asia/Tokyo' };

  it.each([
    [night, '2026-01-15T21:59:00.000Z', undefined],
    [night, '2026-01-15T22:00:00.000Z', '2026-01-16T07:00:00.000Z'],
    [night, '2026-01-16T03:30:00.000Z', '2026-01-16T07:00:00.000Z'],
    [night, '2026-01-16T07:00:00.000Z', undefined],
    [nap, '2026-01-16T03:59:00.000Z', undefined],
    [nap, '2026-01-16T04:30:00.000Z', '2026-01-16T06:00:00.000Z'],
  ] as const)('%j at %s end at %s', (hours, now, end) => {
    expect(endOfQuiet(hours, new Date(now))?.toISOString()).toBe(end);
  });
});

describe('the texts', () => {
  const languages = ['en', 'fr', 'de', 'es', 'pt'] as const;
  const kinds = Object.keys(notificationKinds) as NotificationKind[];
  const data = {
    device: 'Firefox',
    address: '192.0.2.1',
    reason: 'Be kind.',
    name: 'Climbers of Sintra',
    outcome: 'acted',
    expiresAt: '2026-01-22T10:30:00.000Z',
    type: 'video',
    messages: 2,
  };

  it('say something in every language, and the same in no two', () => {
    for (const kind of kinds) {
      const said = languages.map((language) => say(language, kind, { data, name: 'Ben', count: 2, media: null } as never));
      for (const { title, body } of said) {
        expect(title).toMatch(/\S/);
        expect(body).toMatch(/\S/);
        expect(title + body).not.toMatch(/undefined|#|NaN/);
      }
      expect(new Set(said.map(({ title, body }) => title + body)).size, kind).toBe(languages.length);
    }
  });

  it('speak to people as friends do, and fit on a phone', () => {
    const formal = {
      en: /$^/,
      fr: /\b(votre|vos|veuillez|vous (a|avez))\b/i,
      de: /\b(Sie|Ihre?[nms]?|Ihnen)\b/,
      es: /\busted(es)?\b/i,
      pt: /\b(você|senha|equipe|configurações)\b/i,
    };
    const { reason: _, ...given } = data;
    for (const language of languages) {
      for (const kind of kinds) {
        for (const count of [1, 2]) {
          const told = { data: { ...given, reason: null, count, messages: count }, name: 'Maximiliana', count, media: null };
          const { title, body } = say(language, kind, told as never);
          // What a moderator writes is theirs.
          if (kind !== 'warning') expect([language, kind, body]).toEqual([language, kind, expect.not.stringMatching(formal[language])]);
          expect([language, kind, title]).toEqual([language, kind, expect.not.stringMatching(formal[language])]);
          // As much as a locked phone shows of it.
          expect([language, kind, title.length <= 50, String(body).length <= 178]).toEqual([language, kind, true, true]);
        }
      }
    }
  });

  it.each([
    ['en', 'Firefox on Linux', 'Firefox on Linux'],
    ['fr', 'Firefox on Linux', 'Firefox sous Linux'],
    ['de', 'The app on Android', 'Die App unter Android'],
    ['es', 'Unknown app on iOS', 'Aplicación desconocida (iOS)'],
    ['pt', 'Unknown device', 'Dispositivo desconhecido'],
  ] as const)('name a device in %s: %s', (language, device, named) => {
    const { body } = say(language, 'password_changed', { data: { device }, name: '', count: 1, media: null });
    expect(body).toContain(named);
    expect(language === 'en' || !body.includes(device)).toBe(true);
  });

  it.each([
    ['en', 1, 'Someone likes you'],
    ['en', 5, '5 people like you'],
    ['fr', 1, 'Tu plais à 1 personne'],
    ['fr', 1_000_000, 'Tu plais à 1 000 000 de personnes'],
    ['de', 2, '2 Personen mögen dich'],
    ['es', 1, 'Le gustas a una persona'],
    ['es', 3, 'Les gustas a 3 personas'],
    ['pt', 1, '1 pessoa gosta de ti'],
  ] as const)('count in %s: %d', (language, count, title) => {
    const said = say(language, 'like_received', { data: { count }, name: '', count, media: null });
    expect(said.title.replaceAll(/[\u00a0\u202f]/g, ' ')).toBe(title);
  });
});
