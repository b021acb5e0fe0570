import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark' | 'system';

const key = 'heartline.theme';
const listeners = new Set<() => void>();
const system = window.matchMedia('(prefers-color-scheme: dark)');

function chosen(): Theme {
  const stored = localStorage.getItem(key);
  return stored === 'light' || stored === 'dark' ? stored : 'system';
}

/** `public/theme.js` does the same before the first paint. */
function paint(): void {
  const theme = chosen();
  document.documentElement.dataset.theme = theme === 'system' ? (system.matches ? 'dark' : 'light') : theme;
}

/** Follows the system's theme and other tabs for as long as the page lives. */
export function watchTheme(): void {
  system.addEventListener('change', paint);
  window.addEventListener('storage', ({ key: changed }) => {
    if (changed !== key) return;
    paint();
    for (const listener of listeners) listener();
  });
  paint();
}

export function setTheme(theme: Theme): void {
  if (theme === chosen()) return;
  if (theme === 'system') localStorage.removeItem(key);
  else localStorage.setItem(key, theme);
  paint();
  for (const listener of listeners) listener();
}

export function useTheme(): Theme {
  return useSyncExternalStore((listener) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  }, chosen);
}
