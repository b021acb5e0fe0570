import type adminEnglish from './catalogues/admin/en';
import type firstEnglish from './catalogues/first/en';
import type insideEnglish from './catalogues/inside/en';
import type { Language } from './languages';
import type { Translated } from './translated';

export type FirstTexts = typeof firstEnglish;
export type InsideTexts = typeof insideEnglish;
export type AdminTexts = typeof adminEnglish;

/** Every text of the app, by feature. */
export type Texts = FirstTexts & InsideTexts & AdminTexts;

/** Texts are loaded in parts, so that the first page does not wait for words of pages that few ever open. */
interface Parts {
  /** What is needed before someone has signed in. */
  first: FirstTexts;
  /** The pages behind the door. */
  inside: InsideTexts;
  /** The admin area. */
  admin: AdminTexts;
}
export type Part = keyof Parts;

type Loaders = { readonly [P in Part]: Readonly<Record<Language, () => Promise<{ default: Translated<Parts[P]> }>>> };

/** How the texts of each part come, in each language: on request, so that only the language that is spoken is ever loaded. */
export const loaders: Loaders = {
  first: {
    en: () => import('./catalogues/first/en'),
    fr: () => import('./catalogues/first/fr'),
    de: () => import('./catalogues/first/de'),
    es: () => import('./catalogues/first/es'),
    pt: () => import('./catalogues/first/pt'),
  },
  inside: {
    en: () => import('./catalogues/inside/en'),
    fr: () => import('./catalogues/inside/fr'),
    de: () => import('./catalogues/inside/de'),
    es: () => import('./catalogues/inside/es'),
    pt: () => import('./catalogues/inside/pt'),
  },
  admin: {
    en: () => import('./catalogues/admin/en'),
    fr: () => import('./catalogues/admin/fr'),
    de: () => import('./catalogues/admin/de'),
    es: () => import('./catalogues/admin/es'),
    pt: () => import('./catalogues/admin/pt'),
  },
};
