import { describe, expect, it } from 'vitest';
import { deviceName } from '../src/auth/device';
import { equalInConstantTime, fromBase64Url, toBase64Url, wellFormed } from '../src/encoding';
import { ageOn, bornAfter, bornBy } from '../src/people/age';
import { pairOf } from '../src/people/pair';

const day = 24 * 60 * 60 * 1000;
const at = (text: string) => new Date(`${text}T12:00:00Z`);
const dayOf = (time: number) => new Date(time).toISOString().slice(0, 10);

describe('age', () => {
  it('grows on the birthday, and for a leap day on the 1 March of other years', () => {
    expect(ageOn('2008-01-15', at('2026-01-14'))).toBe(17);
    expect(ageOn('2008-01-15', at('2026-01-15'))).toBe(18);
    expect(ageOn('2008-02-29', at('2026-02-28'))).toBe(17);
    expect(ageOn('2008-02-29', at('2026-03-01'))).toBe(18);
  });

  it('is bounded by exactly the birth dates that have it', () => {
    // Every birth date around the bounds, seen from every day around the end of February of a leap year and of others.
    for (const year of [2026, 2027, 2028]) {
      for (const today of ['02-27', '02-28', '02-29', '03-01', '03-02', '12-31', '01-01'].map((rest) => at(`${year}-${rest}`))) {
        for (const age of [18, 19, 30, 31, 32]) {
          for (const around of [Date.parse(bornBy(age, today)), Date.parse(bornAfter(age, today))]) {
            for (let offset = -3; offset <= 3; offset += 1) {
              const born = dayOf(around + offset * day);
              expect([born, dayOf(today.getTime()), born <= bornBy(age, today)]).toEqual([
                born,
                dayOf(today.getTime()),
                ageOn(born, today) >= age,
              ]);
              expect([born, dayOf(today.getTime()), born >= bornAfter(age, today)]).toEqual([
                born,
                dayOf(today.getTime()),
                ageOn(born, today) <= age,
              ]);
            }
          }
        }
      }
    }
  });
});

describe('a pair', () => {
  it('has one spelling', () => {
    expect(pairOf('a', 'b')).toEqual({ userA: 'a', userB: 'b' });
    expect(pairOf('b', 'a')).toEqual({ userA: 'a', userB: 'b' });
  });
});

describe('a device', () => {
  it.each([
    ['Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0', 'Firefox on Linux'],
    ['Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/126.0 Safari/537.36 Edg/126.0', 'Edge on Windows'],
    [
      'Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 Version/17.5 Mobile/15E148 Safari/604.1',
      'Safari on iOS',
    ],
    ['Mozilla/5.0 (Linux; Android 14; Pixel 8) AppleWebKit/537.36 Chrome/126.0 Mobile Safari/537.36', 'Chrome on Android'],
    ['okhttp/4.12', 'The app'],
    ['something else', 'Unknown app'],
    ['', 'Unknown device'],
    [undefined, 'Unknown device'],
  ])('is named in words: %s', (userAgent, name) => {
    expect(deviceName(userAgent)).toBe(name);
  });
});

describe('encodings', () => {
  it('read back what they wrote, and nothing that nobody wrote', () => {
    const bytes = new Uint8Array([0, 255, 62, 63, 1]);
    expect(toBase64Url(bytes)).toBe('AP8-PwE');
    expect(fromBase64Url('AP8-PwE')).toEqual(bytes);
    expect(fromBase64Url('a')).toBeUndefined();
    expect(fromBase64Url('a+b=')).toBeUndefined();
  });

  it('compare whole', () => {
    expect(equalInConstantTime('abc', 'abc')).toBe(true);
    expect(equalInConstantTime('abc', 'abd')).toBe(false);
    expect(equalInConstantTime('abc', 'ab')).toBe(false);
  });

  it('mend texts that were cut through a character', () => {
    expect(wellFormed('fox 🦊'.slice(0, 5))).toBe('fox \uFFFD');
    expect(wellFormed('fox 🦊')).toBe('fox 🦊');
  });
});
