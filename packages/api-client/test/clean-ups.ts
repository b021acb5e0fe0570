const cleanUps: (() => unknown)[] = [];

/** Has something done after the test that runs; what was opened last is closed first. */
export function afterwards(work: () => unknown): void {
  cleanUps.push(work);
}

/** Does what was put off. */
export async function cleanUp(): Promise<void> {
  for (const work of cleanUps.splice(0).reverse()) await work();
}
