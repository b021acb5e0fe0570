import type { ApiClient } from '@app/api-client';
import type { Encryption, EncryptionState } from '@app/api-client/encryption';
import { useApi } from '@app/api-client/react';
import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useSyncExternalStore } from 'react';

/** `not_set_up`: this browser has no keys, and none are made before one asks for them. */
export type SecrecyState = EncryptionState | 'not_set_up';

interface Secrecy {
  readonly state: SecrecyState;
  readonly encryption: Encryption | undefined;
}

/** That there are keys in this browser. */
const mark = 'heartline.encryption';

const listeners = new Set<() => void>();
let secrecy: Secrecy = { state: 'not_set_up', encryption: undefined };
let loading: Promise<Encryption> | undefined;

function tell(encryption: Encryption): void {
  secrecy = { state: encryption.state, encryption };
  for (const listener of listeners) listener();
}

async function make(client: ApiClient): Promise<Encryption> {
  const [{ createEncryption }, { filesInWorker }] = await Promise.all([import('@app/api-client/encryption'), import('./files-in-worker')]);
  const files = filesInWorker();
  const encryption = createEncryption(client, {
    async openMachine(device) {
      const { openMatrixMachine } = await import('@app/api-client/encryption/matrix');
      return { ...(await openMatrixMachine(device)), ...files };
    },
  });
  encryption.subscribe(() => tell(encryption));
  tell(encryption);
  return encryption;
}

/** The library is large: it is fetched by who wants to write in secret. */
function load(client: ApiClient): Promise<Encryption> {
  loading ??= make(client);
  return loading;
}

/** Before anything is loaded: what is encrypted is opened as it comes. Does nothing where there are no keys. */
export async function beginSecrecy(client: ApiClient): Promise<void> {
  if (localStorage.getItem(mark) !== null) await load(client);
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => void listeners.delete(listener);
};

export interface UseSecrecyResult extends Secrecy {
  /** Makes keys in this browser, or tries again to load them. Answers how it stands then. */
  setUp(): Promise<SecrecyState>;
}

export function useSecrecy(): UseSecrecyResult {
  const client = useApi();
  const queries = useQueryClient();
  const now = useSyncExternalStore(subscribe, () => secrecy);
  const setUp = useCallback(async () => {
    const encryption = await load(client);
    await encryption.start();
    localStorage.setItem(mark, 'here');
    // What was loaded closed is loaded once more.
    await queries.invalidateQueries();
    return encryption.state;
  }, [client, queries]);
  return { ...now, setUp };
}
