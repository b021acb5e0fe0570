/**
 * The ids of everyone whom data shows: people as such, by their id and name, and whoever wrote a message. An id alone shows nobody:
 * that a match or a friendship is over is told also about those who are hidden by then.
 */
export function peopleIn(data: unknown): string[] {
  const found = new Set<string>();
  const look = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) look(one);
    else if (typeof value === 'object' && value !== null) {
      if ('displayName' in value && 'id' in value && typeof value.id === 'string') found.add(value.id);
      if ('senderId' in value && typeof value.senderId === 'string') found.add(value.senderId);
      for (const one of Object.values(value)) look(one);
    }
  };
  look(data);
  return [...found];
}
