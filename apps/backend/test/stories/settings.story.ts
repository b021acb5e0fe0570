import { describe, expect, it } from 'vitest';
import { bornYearsAgo, refusalOf, type Story, signUp } from './story';

export const settings: Story = (world) =>
  describe('preferences and profile', () => {
    it('starts with settings that suit everyone, and changes only what is given', async () => {
      const { client } = await signUp(world());
      const before = await client.users.preferences();
      expect(before.discovery).toEqual({ genders: ['female', 'male', 'other'], ageMin: 18, ageMax: 120, maxDistanceKm: null });

      const after = await client.users.updatePreferences({
        app: { theme: 'dark' },
        discovery: { ageMin: 25 },
        notifications: { email: false },
      });
      expect(after).toEqual({
        ...before,
        app: { ...before.app, theme: 'dark' },
        discovery: { ...before.discovery, ageMin: 25 },
        notifications: { ...before.notifications, email: false },
      });
      expect(await client.users.preferences()).toEqual(after);
      expect(await client.users.updatePreferences({})).toEqual(after);
    });

    it('refuses an age range that ends before it begins, also against what was set before', async () => {
      const { client } = await signUp(world());
      await client.users.updatePreferences({ discovery: { ageMin: 30, ageMax: 40 } });
      const refused = await refusalOf(
        client.users.updatePreferences({ discovery: { ageMax: 29 }, app: { theme: 'light' } }),
        'INVALID_AGE_RANGE',
      );
      expect(refused.details).toEqual({ ageMin: 30, ageMax: 29 });
      const kept = await client.users.preferences();
      expect(kept.discovery).toMatchObject({ ageMin: 30, ageMax: 40 });
      expect(kept.app.theme).toBe('system');
    });

    it('changes name, birth date and gender, but not to someone too young', async () => {
      const { client, id } = await signUp(world(), { name: 'Ada', age: 30, gender: 'female' });
      const changed = await client.users.updateMe({ displayName: 'Ada L.', birthDate: bornYearsAgo(world(), 31) });
      expect(changed).toMatchObject({ id, displayName: 'Ada L.', age: 31, gender: 'female' });
      await refusalOf(client.users.updateMe({ displayName: 'Kid', birthDate: bornYearsAgo(world(), 17) }), 'UNDER_AGE');
      expect(await client.users.me()).toEqual(changed);
    });

    it('shows a profile to others as it was written, and nothing private with it', async () => {
      const ada = await signUp(world(), { name: 'Ada', age: 29, gender: 'female' });
      const ben = await signUp(world());
      await ada.client.profiles.updateProfile({ bio: ' Walker. ', city: 'Lisbon', interests: ['climbing', 'poetry', 'climbing'] });
      expect(await ben.client.profiles.profile({ userId: ada.id })).toEqual({
        id: ada.id,
        displayName: 'Ada',
        age: 29,
        gender: 'female',
        city: 'Lisbon',
        photo: null,
        photos: [],
        bio: 'Walker.',
        interests: ['climbing', 'poetry'],
        details: expect.objectContaining({ heightCm: null, languages: [] }),
        distanceKm: null,
        matched: false,
        friendship: 'none',
        completeness: null,
      });
      expect((await ada.client.profiles.updateProfile({ city: null })).city).toBeNull();
      await refusalOf(ben.client.profiles.profile({ userId: crypto.randomUUID() }), 'VALIDATION_FAILED');
      await refusalOf(ben.client.profiles.profile({ userId: '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10' }), 'USER_NOT_FOUND');
    });

    it('hides a profile from whomever its owner does not want to see it', async () => {
      const ada = await signUp(world());
      const ben = await signUp(world());
      await ada.client.users.updatePreferences({ privacy: { profileVisibility: 'matches' } });
      await refusalOf(ben.client.profiles.profile({ userId: ada.id }), 'USER_NOT_FOUND');
      expect((await ada.client.profiles.profile({ userId: ada.id })).id).toBe(ada.id);
      await ada.client.swipes.swipe({ userId: ben.id, action: 'like' });
      await ben.client.swipes.swipe({ userId: ada.id, action: 'like' });
      expect(await ben.client.profiles.profile({ userId: ada.id })).toMatchObject({ id: ada.id, matched: true });
    });
  });
