import 'fake-indexeddb/auto';
import { readFile } from 'node:fs/promises';
import type { ChangeSet, FileWrite, StorageBackend } from '@electric-sql/pglite/memfs-frontend';
import { afterAll, describe, expect, inject, it } from 'vitest';
import { createMockApi } from '../src';
import { keptFiles } from '../src/kept-files';

// Other files have no IndexedDB, and some of them run after this one.
afterAll(() => {
  const names = Object.getOwnPropertyNames(globalThis).filter((name) => /^(IDB|indexedDB$)/.test(name));
  for (const name of names) Reflect.deleteProperty(globalThis, name);
  expect('indexedDB' in globalThis).toBe(false);
});

const seed = Number(process.env.SEED ?? Date.now() % 1_000_000);

/** Numbers that come again with the same seed. */
function numbers(start: number): (below: number) => number {
  let state = start;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

async function opened(name: string): Promise<StorageBackend> {
  const kept = keptFiles(name);
  await kept.init();
  return kept;
}

async function found(name: string): Promise<Map<string, string>> {
  const kept = await opened(name);
  const all = new Map<string, string>();
  for await (const entry of kept.load()) {
    // A folder comes before what is in it.
    const above = entry.path.slice(0, entry.path.lastIndexOf('/'));
    expect(above === '' || all.has(above), `${entry.path} before its folder`).toBe(true);
    all.set(entry.path, entry.kind === 'dir' ? 'folder' : Buffer.from(entry.data).toString('base64'));
  }
  await kept.close();
  return all;
}

describe('files kept in IndexedDB', () => {
  it(`are found again as they were, whatever was written, cut, moved and removed (SEED=${seed})`, async () => {
    const pick = numbers(seed);
    const name = `files-${seed}`;
    const model = new Map<string, Uint8Array | 'folder'>();
    const folders = ['', '/base', '/base/1', '/base0'];
    const bytes = (length: number) => Uint8Array.from({ length }, () => (pick(4) === 0 ? 0 : pick(256)));
    const zeros = (length: number) => new Uint8Array(length);

    function makeFolder(path: string, ops: ChangeSet['ops']): void {
      if (path === '' || model.has(path)) return;
      makeFolder(path.slice(0, path.lastIndexOf('/')), ops);
      model.set(path, 'folder');
      ops.push({ op: 'mkdir', path });
    }

    /** Some change to a file, and the same to the model. */
    function change(path: string): FileWrite {
      const before = model.get(path);
      const isNew = before === undefined || before === 'folder';
      const isResized = isNew || pick(3) === 0;
      const size = isResized ? pick(40_000) : before.length;
      const now = new Uint8Array(size);
      if (!isNew) now.set(before.subarray(0, size));
      const chunks: { at: number; data: Uint8Array }[] = [];
      if (isNew) {
        chunks.push({ at: 0, data: pick(3) === 0 ? zeros(size) : bytes(size) });
      } else {
        for (let left = pick(4); left > 0; left -= 1) {
          const at = pick(size + 1);
          const length = Math.min(size - at, pick(20_000));
          chunks.push({ at, data: pick(3) === 0 ? zeros(length) : bytes(length) });
        }
      }
      for (const { at, data } of chunks) now.set(data, at);
      model.set(path, now);
      return { path, size, full: isNew, truncate: isResized, chunks };
    }

    let kept = await opened(name);
    for (let round = 0; round < 300; round += 1) {
      const ops: ChangeSet['ops'] = [];
      if (pick(20) === 0) {
        const path = [...model.keys()][pick(model.size)];
        if (path !== undefined) {
          ops.push({ op: 'remove', path });
          for (const other of [...model.keys()]) if (other === path || other.startsWith(`${path}/`)) model.delete(other);
        }
      }
      const changed = new Map<string, FileWrite>();
      for (let left = pick(4); left > 0; left -= 1) {
        const folder = folders[pick(folders.length)] ?? '';
        const path = `${folder}/file${pick(2)}`;
        if (changed.has(path)) continue;
        makeFolder(folder, ops);
        changed.set(path, change(path));
      }
      await kept.apply({ ops, files: { wal: [], data: [...changed.values()], control: [] } }, { relaxedDurability: true });
      if (pick(20) === 0) {
        await kept.close();
        kept = await opened(name);
      }
    }
    await kept.close();

    const expected = [...model].map(([path, data]) => [path, data === 'folder' ? data : Buffer.from(data).toString('base64')]);
    expect(new Map([...(await found(name))].sort())).toEqual(new Map(expected.sort() as [string, string][]));
  });

  it('hold a mock over loads of the page, with what was done in it', async () => {
    const dump = new Blob([await readFile(inject('mockDump'))]);
    const first = await createMockApi({ keepAs: 'held', bot: false, dump });
    const ada = await first.actAs('ada');
    await ada.call('profiles.updateProfile', { bio: 'Kept over the load.' });
    await first.close();

    const second = await createMockApi({ keepAs: 'held', bot: false });
    const bio = async () => {
      const { call, userId } = await second.actAs('ada');
      return (await call('profiles.profile', { userId })).bio;
    };
    expect(await bio()).toBe('Kept over the load.');
    await second.reset();
    expect(await bio()).not.toBe('Kept over the load.');
    await second.close();
  });
});
