import type { Statistics } from '@app/contracts';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from '../rig/backend';
import { signUp } from '../rig/people';

let backend: TestBackend;
beforeAll(async () => {
  backend = await startTestBackend('postgres');
});
afterAll(() => backend?.close());

describe('looks at a profile', () => {
  it('of one person count once, however many of them come at once', { timeout: 60_000 }, async () => {
    const [ada, ben] = [await signUp(backend.baseURL), await signUp(backend.baseURL)];
    await Promise.all(Array.from({ length: 12 }, () => ben.do('profiles.profile', { userId: ada.id })));
    expect(await ada.do<Statistics>('users.statistics')).toMatchObject({ profileViews: 1, profileViewsThisWeek: 1 });
  });
});
