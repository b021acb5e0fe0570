import type { NotificationKind } from '@app/contracts';
import { de, deMail } from './de';
import { deviceIn } from './device';
import { en, enMail } from './en';
import { es, esMail } from './es';
import { fr, frMail } from './fr';
import { pt, ptMail } from './pt';
import type { Language, MailWords, Said, Telling, Words } from './words';

/** Every text in every language. A language that is missing does not compile. */
const words: Readonly<Record<Language, Words>> = { en, fr, de, es, pt };
const mailWords: Readonly<Record<Language, MailWords>> = { en: enMail, fr: frMail, de: deMail, es: esMail, pt: ptMail };

/** What someone is told, in their language. */
export function say<K extends NotificationKind>(language: Language, kind: K, telling: Telling<K>): Said {
  const { data } = telling;
  const device = 'device' in data && typeof data.device === 'string' ? deviceIn(language, data.device) : '';
  return words[language][kind]({ ...telling, device });
}

export function mailWordsIn(language: Language): MailWords {
  return mailWords[language];
}
