import type { Language } from '@app/contracts';
import { writeMail } from '../../mail/template';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { pt } from './pt';
import type { StatusWords } from './words';

/** Every text in every language. A language that is missing does not compile. */
const words: Readonly<Record<Language, StatusWords>> = { en, fr, de, es, pt };

/** A day and a time as people of that language write it. Nobody knows in which zone they read it, so it is said. */
function momentIn(language: Language, moment: Date): string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short', timeZone: 'UTC' });
  return `${format.format(moment)} (UTC)`;
}

/** That an account was suspended or banned, as a mail. `until`: when a suspension ends by itself; null: it does not. */
export function statusMail(language: Language, status: 'suspended' | 'banned', until: Date | null) {
  const { until: ends, withoutEnd, objection, footer, ...decided } = words[language];
  const { title, body } = decided[status];
  const end = until === null ? withoutEnd : ends(momentIn(language, until));
  return writeMail({ language, title, paragraphs: [body, ...(status === 'suspended' ? [end] : []), objection], footer });
}
