import { isApiError } from '@app/api-client';

interface NoticeBase {
  id: number;
  tone: 'plain' | 'good' | 'bad';
  action?: { label: string; run(): void } | undefined;
}

/** Something to tell in passing. */
export interface WordNotice extends NoticeBase {
  title: string;
  /** Shown when asked for. */
  detail?: string | undefined;
}

/** Something that failed; put into words where it is shown. */
export interface ErrorNotice extends NoticeBase {
  error: unknown;
}

export type Notice = WordNotice | ErrorNotice;

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

/** What a notice says, as far as telling the same twice goes. */
function gist(notice: Notice): unknown {
  if (!('error' in notice)) return notice.title;
  return isApiError(notice.error) ? notice.error.code : notice.error;
}

function add(notice: Notice): void {
  const others = notices.filter((one) => gist(one) !== gist(notice));
  set([...others.slice(-2), notice]);
}

/** Shows a notice for a few seconds. The same words twice at once are shown once. */
export function notify(notice: Omit<WordNotice, 'id' | 'tone'> & { tone?: Notice['tone'] }): void {
  add({ tone: 'plain', ...notice, id: ++count });
}

/** Shows why something failed, with what to quote when asking for help. */
export function notifyError(error: unknown, action?: Notice['action']): void {
  add({ tone: 'bad', error, action, id: ++count });
}

export function dismissNotice(id: number): void {
  set(notices.filter((notice) => notice.id !== id));
}
