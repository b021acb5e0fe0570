/** Resolves with what a request answers. */
export function answerOf<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

/** Resolves when what was written by this time stands on the disk. */
export function doneIn({ transaction }: IDBObjectStore): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

function openDatabase(name: string, table: string, options: IDBObjectStoreParameters): Promise<IDBDatabase> {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => void request.result.createObjectStore(table, options);
  return answerOf(request);
}

/** A database of one table, opened when it is first needed. */
export function indexedDbTable(
  name: string,
  table: string,
  options: IDBObjectStoreParameters = {},
): (mode: IDBTransactionMode) => Promise<IDBObjectStore> {
  let opening: Promise<IDBDatabase> | undefined;
  return async (mode) => {
    opening ??= openDatabase(name, table, options);
    opening.catch(() => {
      opening = undefined;
    });
    const database = await opening;
    // Another version of the app wants to change it, or the browser took it away: it is opened anew when it is needed next.
    database.onversionchange = database.onclose = () => {
      opening = undefined;
      database.close();
    };
    return database.transaction(table, mode).objectStore(table);
  };
}
