/** So many places for tasks, that take one or several of them; the others wait in their turn. */
export function places(free: number): <T>(needed: number, task: () => Promise<T>) => Promise<T> {
  const waiting: { readonly needed: number; go(): void }[] = [];
  function admit(): void {
    for (let next = waiting[0]; next !== undefined && next.needed <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.needed;
      next.go();
    }
  }
  return async (needed, task) => {
    await new Promise<void>((go) => {
      waiting.push({ needed, go });
      admit();
    });
    try {
      return await task();
    } finally {
      free += needed;
      admit();
    }
  };
}
