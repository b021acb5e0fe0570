import type { NotificationData, NotificationKind, OpenMediaKind, Preferences } from '@app/contracts';

export type Language = Preferences['app']['language'];

/** What is told. */
export interface Telling<K extends NotificationKind> {
  readonly data: NotificationData<K>;
  /** The name of whom it is about; empty where it is about nobody. */
  readonly name: string;
  /** How many there are: unread messages of the conversation, likes gathered; else 1. */
  readonly count: number;
  /** What was sent, where that is the one unread message; null where it is words, and where it is encrypted. */
  readonly media: OpenMediaKind | null;
}

/** What a text can speak of. */
export interface Told<K extends NotificationKind> extends Telling<K> {
  /** The device it is about, in words of the language; empty where it is about none. */
  readonly device: string;
}

export interface Said {
  readonly title: string;
  readonly body: string;
}

/** The words of one language for every kind. A kind that is missing does not compile. */
export type Words = { readonly [K in NotificationKind]: (told: Told<K>) => Said };

/** What a mail has beside the words of its kind. */
export interface MailWords {
  /** On the button that opens the app. */
  readonly open: string;
  /** Why they get this mail, and where to change that. */
  readonly why: string;
}

/** What somebody sent beside words, in a language. */
export type MediaWords = Readonly<Record<OpenMediaKind, string>>;

export type Forms = Readonly<Partial<Record<Intl.LDMLPluralRule, string>>> & { readonly other: string };

/** Chooses the form of a word by the language's own rules. `#` stands for the number. */
export function plurals(language: Language): (count: number, forms: Forms) => string {
  const rules = new Intl.PluralRules(language);
  const numbers = new Intl.NumberFormat(language);
  return (count, forms) => (forms[rules.select(count)] ?? forms.other).replace('#', numbers.format(count));
}

/** A day as people of that language write it. */
export function days(language: Language): (timestamp: string) => string {
  const format = new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' });
  return (timestamp) => format.format(new Date(timestamp));
}
