import { errorText } from '../language/error-text';

/** Something to tell in passing. */
export interface Notice {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  title: string;
  /** Shown when asked for. */
  detail?: string | undefined;
  action?: { label: string; run(): void } | undefined;
}

let notices: readonly Notice[] = [];
let count = 0;
const listeners = new Set<() => void>();

function set(next: readonly Notice[]): void {
  notices = next;
  for (const listener of listeners) listener();
}

export const noticeStore = {
  get: () => notices,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
};

/** Shows a notice for a few seconds. The same words twice at once are shown once. */
export function notify(notice: Omit<Notice, 'id' | 'tone'> & { tone?: Notice['tone'] }): void {
  const others = notices.filter(({ title }) => title !== notice.title);
  set([...others.slice(-2), { tone: 'plain', ...notice, id: ++count }]);
}

/** Shows why something failed, with what to quote when asking for help. */
export function notifyError(error: unknown, action?: Notice['action']): void {
  notify({ tone: 'bad', ...errorText(error), action });
}

export function dismissNotice(id: number): void {
  set(notices.filter((notice) => notice.id !== id));
}
