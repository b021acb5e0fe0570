import { api, type Language } from '@app/contracts';
import { eq } from 'drizzle-orm';
import type { Db } from '../db/database';
import { implement } from '../pipeline/implement';
import { preferences } from '../users/table';

/** The language of someone's app. */
export async function languageOf(db: Db, userId: string): Promise<Language> {
  const [row] = await db.select({ app: preferences.app }).from(preferences).where(eq(preferences.userId, userId));
  return row?.app.language ?? 'en';
}

export const placesImplementation = implement(api.places, {
  async search({ db, caller, ports }, { query, language, session }) {
    const asked = { language: language ?? (await languageOf(db, caller.userId)), ...(session === undefined ? {} : { session }) };
    return { items: [...(await ports.places.search(query, asked))] };
  },
});
