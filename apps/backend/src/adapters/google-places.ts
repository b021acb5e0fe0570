import { fail, type KnownPlace, type Places } from '@app/domain';

export interface GooglePlacesSettings {
  readonly apiKey: string;
  /** A stand-in for `https://places.googleapis.com`. */
  readonly baseUrl: string | null;
}

const ownBaseUrl = 'https://places.googleapis.com';
/** Somebody is typing: what takes longer is of no use to them. */
const patienceMs = 4_000;
const prefix = 'google:';
const ownId = /^google:[\w-]+$/;

interface Suggestions {
  readonly suggestions?: readonly {
    readonly placePrediction?: {
      readonly placeId?: string;
      readonly text?: { readonly text?: string };
      readonly structuredFormat?: { readonly mainText?: { readonly text?: string }; readonly secondaryText?: { readonly text?: string } };
    };
  }[];
}

interface Details {
  readonly location?: { readonly latitude?: number; readonly longitude?: number };
  readonly displayName?: { readonly text?: string };
  readonly addressComponents?: readonly { readonly shortText?: string; readonly types?: readonly string[] }[];
}

/**
 * Places by Google (Places API, the new one). What somebody types goes there with their language and a session that says
 * nothing about them; where anybody is never does. Throws `UNAVAILABLE` where Google does not answer as it should.
 */
export function googlePlaces({ apiKey, baseUrl }: GooglePlacesSettings): Places {
  const base = (baseUrl ?? ownBaseUrl).replace(/\/$/, '');

  /** The answer; `undefined` where Google has no such place. */
  async function ask(path: string, fields: string, init: RequestInit = {}): Promise<unknown> {
    const headers = { 'content-type': 'application/json', 'x-goog-api-key': apiKey, 'x-goog-fieldmask': fields };
    try {
      const response = await fetch(`${base}/v1/${path}`, { ...init, headers, signal: AbortSignal.timeout(patienceMs) });
      if (response.ok) return await response.json();
      await response.body?.cancel();
      // An id that it does not know, or that is none.
      if (init.method === undefined && (response.status === 404 || response.status === 400)) return undefined;
    } catch (error) {
      throw unavailable(error);
    }
    throw unavailable(undefined);
  }

  return {
    async search(typed, { language, session }) {
      const body = {
        input: typed,
        languageCode: language,
        includedPrimaryTypes: ['(cities)'],
        ...(session === undefined ? {} : { sessionToken: session }),
      };
      const fields =
        'suggestions.placePrediction.placeId,suggestions.placePrediction.text.text,' +
        'suggestions.placePrediction.structuredFormat.mainText.text,suggestions.placePrediction.structuredFormat.secondaryText.text';
      const found = (await ask('places:autocomplete', fields, { method: 'POST', body: JSON.stringify(body) })) as Suggestions;
      return (found.suggestions ?? []).flatMap(({ placePrediction: place }) => {
        const name = place?.structuredFormat?.mainText?.text ?? place?.text?.text;
        if (place?.placeId === undefined || name === undefined) return [];
        return [{ id: `${prefix}${place.placeId}`, name, area: place.structuredFormat?.secondaryText?.text ?? null }];
      });
    },

    async find(id, { language, session }) {
      if (!ownId.test(id)) return undefined;
      const query = new URLSearchParams({ languageCode: language, ...(session === undefined ? {} : { sessionToken: session }) });
      const placeId = id.slice(prefix.length);
      return knownPlace((await ask(`places/${placeId}?${query}`, 'location,displayName.text,addressComponents')) as Details | undefined);
    },
  };
}

function knownPlace(details: Details | undefined): KnownPlace | undefined {
  const { latitude, longitude } = details?.location ?? {};
  const city = details?.displayName?.text;
  if (latitude === undefined || longitude === undefined || city === undefined) return undefined;
  const country = details?.addressComponents?.find(({ types }) => types?.includes('country'))?.shortText;
  return { latitude, longitude, city, country: country ?? null };
}

function unavailable(cause: unknown) {
  return Object.assign(fail('UNAVAILABLE'), cause === undefined ? {} : { cause });
}
