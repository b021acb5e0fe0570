import { cleanup } from '@testing-library/react';
import { afterEach, beforeEach } from 'vitest';
import { loadTexts, speak } from '../src/language/spoken';

for (const part of ['first', 'inside', 'admin'] as const) await loadTexts(part);

// Tests that speak another language leave it behind.
beforeEach(() => speak('en'));

afterEach(() => {
  cleanup();
  sessionStorage.clear();
  localStorage.clear();
});
