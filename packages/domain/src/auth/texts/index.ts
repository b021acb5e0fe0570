import type { Language } from '@app/contracts';
import { writeMail } from '../../mail/template';
import { de } from './de';
import { en } from './en';
import { es } from './es';
import { fr } from './fr';
import { pt } from './pt';
import type { LinkPurpose, SignInWords } from './words';

/** Every text in every language. A language that is missing does not compile. */
const words: Readonly<Record<Language, SignInWords>> = { en, fr, de, es, pt };

/** The page of the web app that takes the link. */
const pages: Readonly<Record<LinkPurpose, string>> = { verify_email: 'verify-email', reset_password: 'reset-password' };

/** A code as a text message. */
export function codeText(language: Language, code: string): string {
  return words[language].codeText(code);
}

/** A code as a mail. */
export function codeMail(language: Language, code: string) {
  const { codeMail: said, footer } = words[language];
  return writeMail({ language, title: said.title(code), paragraphs: [said.body], footer });
}

/** A link as a mail; the bare token where it is not known what address to link to. */
export function linkMail(language: Language, purpose: LinkPurpose, token: string, baseUrl: string | null) {
  const { link, enter, footer } = words[language];
  const { title, body, label } = link[purpose];
  if (baseUrl === null) return writeMail({ language, title, paragraphs: [body, enter(token)], footer });
  const url = `${baseUrl}/${pages[purpose]}?token=${token}`;
  return writeMail({ language, title, paragraphs: [body], action: { label, url }, footer });
}
