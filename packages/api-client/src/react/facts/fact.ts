import type { EndpointId, EndpointInput, EndpointOutput, EventName } from '../../types';
import type { EventMap, Profile } from '../../wire';

/** Endpoints whose answer is `{ items }`. */
type ItemsId = { [Id in EndpointId]: EndpointOutput<Id> extends { items: unknown[] } ? Id : never }[EndpointId];
type Item<Id extends ItemsId> = EndpointOutput<Id>['items'][number];

/** The cached answers as facts see them. What `change` answers unchanged (`===`) is left alone. */
export interface CachedAnswers {
  /** Whether facts are told a second time, to an answer that may know them already. */
  readonly again: boolean;
  /** Changes cached answers of an endpoint that is not a list. `refresh` asks for one anew. */
  one<Id extends EndpointId>(
    id: Id,
    change: (answer: EndpointOutput<Id>, input: EndpointInput<Id>, refresh: () => void) => EndpointOutput<Id>,
  ): void;
  /**
   * Changes cached lists, over all their pages. `complete`: there are no more pages; `atStart`: there are none before the first; `refresh` loads the
   * list anew.
   */
  list<Id extends ItemsId>(
    id: Id,
    change: (
      items: Item<Id>[],
      about: { input: EndpointInput<Id>; complete: boolean; atStart: boolean; refresh: () => void },
    ) => Item<Id>[],
  ): void;
  /** Caches an answer that was not asked for. */
  put<Id extends EndpointId>(id: Id, input: EndpointInput<Id>, answer: EndpointOutput<Id>): void;
  /** Loads anew whatever is cached of an endpoint. */
  refresh(id: EndpointId): void;
  /** What facts of several features do. Those that are loaded later find it here: what they imported would be a third file in an app's bundle. */
  readonly steps: Steps;
}

export interface Steps {
  /** Puts an item in the place of the one with its id, or else among the others; the newest come first where no order is given. */
  put<T extends { id: string }>(items: T[], item: T, order?: (a: T, b: T) => number): T[];
  /** Somebody leaves the people to swipe on. */
  swipedOn(userId: string): Fact;
}

export type Fact = (cache: CachedAnswers) => void;

/** What events tell. */
export type ToldByEvent = { readonly [E in EventName]?: (data: EventMap[E]) => Fact };

/** What the answers of writes tell. */
export type ToldByAnswer = { readonly [Id in EndpointId]?: (answer: EndpointOutput<Id>, input: EndpointInput<Id>) => Fact };

/** Whether durable events keep what is cached of an endpoint in step, so that it need not be asked for again. */
export function isLive(id: EndpointId): boolean {
  return /^(messages\.(history|pinned)|conversations\.(list|get)|matches\.matches|notifications\.list|calls\.(get|history)|friends\.(list|requests)|groups\.members)$/.test(
    id,
  );
}

export const without =
  (gone: string) =>
  <T extends { id: string }>(items: T[]): T[] =>
    items.filter(({ id }) => id !== gone);
const newestFirst = (a: { id: string }, b: { id: string }) => (a.id < b.id ? 1 : -1);

export function put<T extends { id: string }>(items: T[], item: T, order: (a: T, b: T) => number = newestFirst): T[] {
  return [...without(item.id)(items), item].sort(order);
}

export const profileHas =
  (id: string, facts: Partial<Profile>): Fact =>
  (cache) =>
    cache.one('profiles.profile', (profile) => (profile.id === id ? { ...profile, ...facts } : profile));
