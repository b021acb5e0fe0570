import { mediaLinkMinutes } from '@app/contracts';
import { equalInConstantTime, hmac, toBase64Url } from '../encoding';

/** What keeps files that only some may see: an address leads to one only with the signature of whoever knows the secret, and for a while. */
export interface LinkSigner {
  /** What stands behind the `?` of the address of a file. */
  sign(key: string, expiresAt: Date): Promise<string>;
  /** Whether that was signed for this file, and still holds. */
  holds(key: string, query: URLSearchParams, now: Date): Promise<boolean>;
}

/** Keys below this are served by signed links alone. What is below `photos/` is anybody's who knows its name; nothing else is served. */
export const signedPrefix = 'messages/';

const linkMs = mediaLinkMinutes * 60 * 1000;

/** When links end that are made now. Those that are made within one stretch are the same, so that what was loaded by one of them is not loaded again. */
export function linksEnd(now: Date): Date {
  return new Date((Math.floor(now.getTime() / linkMs) + 2) * linkMs);
}

export function linkSigner(secret: string): LinkSigner {
  const signature = async (key: string, expires: number) => toBase64Url(await hmac('SHA-256', secret, `media-link ${expires} ${key}`));
  return {
    async sign(key, expiresAt) {
      const expires = Math.floor(expiresAt.getTime() / 1000);
      return `expires=${expires}&signature=${await signature(key, expires)}`;
    },
    async holds(key, query, now) {
      const expires = Number(query.get('expires'));
      if (!Number.isSafeInteger(expires) || expires * 1000 <= now.getTime()) return false;
      return equalInConstantTime(query.get('signature') ?? '', await signature(key, expires));
    },
  };
}

const types: Readonly<Record<string, string>> = {
  webp: 'image/webp',
  png: 'image/png',
  jpeg: 'image/jpeg',
  avif: 'image/avif',
  mp4: 'mp4',
  webm: 'webm',
  ogg: 'ogg',
  mp3: 'mpeg',
  wav: 'wav',
  bin: 'application/octet-stream',
};

/** What a file is served as, by its key; `undefined` for what is not served. */
export function typeOfKey(key: string): string | undefined {
  const [, name = '', ending = ''] = /([a-z]+)\.([a-z0-9]+)$/.exec(key) ?? [];
  const type = Object.hasOwn(types, ending) ? types[ending] : undefined;
  if (type === undefined || type.includes('/')) return type;
  return name === 'audio' || name === 'video' ? `${name}/${type}` : undefined;
}

/** As what a browser keeps it that is led to the file itself: to be saved, never shown as a page. */
export function dispositionOf(key: string): string {
  return `attachment; filename="${key.slice(key.lastIndexOf('/') + 1)}"`;
}
