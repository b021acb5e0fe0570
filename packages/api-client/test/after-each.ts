import { afterEach, vi } from 'vitest';
import { cleanUp } from './clean-ups';

// Here, and not where things are opened: those modules are loaded once for many files, and this one for each of them.
afterEach(async () => {
  vi.useRealTimers();
  await cleanUp();
});
