import { parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** In characters: longer than any number, however it is written. */
const longest = 32;

/** The number in E.164, `+351912345678`; a text that is none stays as it is. */
export function e164(text: string): string {
  if (text.length > longest) return text;
  const number = parsePhoneNumberFromString(text);
  return number?.isValid() === true && number.ext === undefined ? number.number : text;
}

/** Whether this is a number in E.164 that somebody can have. */
export function isPhoneNumber(text: string): boolean {
  return /^\+\d{7,15}$/.test(text) && parsePhoneNumberFromString(text)?.isValid() === true;
}
