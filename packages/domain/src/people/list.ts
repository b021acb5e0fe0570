import type { Work } from '../pipeline/context';
import { type PersonRow, visiblePeople, writtenWithPeople } from './people';

/**
 * Builds a list of things that each concern another person, in four stages: the skeleton (rows of ids, given here),
 * hydration (everybody at once), visibility (whom the viewer may not see is left out with the row), presentation.
 */
export async function presentWithPeople<Row, Item>(
  work: Work,
  viewer: string,
  skeleton: readonly Row[],
  personOf: (row: Row) => string,
  present: (row: Row, person: PersonRow) => Item,
): Promise<Item[]> {
  const people = await visiblePeople(work, viewer, skeleton.map(personOf));
  return skeleton.flatMap((row) => {
    const person = people.get(personOf(row));
    return person === undefined ? [] : [present(row, person)];
  });
}

/** As `presentWithPeople`, for what people wrote to each other: it stays when the other deletes their account, without the person. */
export async function presentWithWriters<Row, Item>(
  work: Work,
  viewer: string,
  skeleton: readonly Row[],
  personOf: (row: Row) => string,
  present: (row: Row, person: PersonRow | null) => Item,
): Promise<Item[]> {
  const people = await writtenWithPeople(work, viewer, skeleton.map(personOf));
  return skeleton.flatMap((row) => {
    const person = people.get(personOf(row));
    return person === undefined ? [] : [present(row, person)];
  });
}
