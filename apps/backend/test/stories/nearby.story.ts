import { describe, expect, it } from 'vitest';
import { listen, online, refusalOf, type Someone, type Story, signUp } from './story';

/** An age that nobody of another story has, so that this one meets its own people only. */
const age = 97;
const range = { ageMin: age, ageMax: age };

export const nearby: Story = (world) =>
  describe('being near', () => {
    const join = (name: string) => signUp(world(), { name, age });
    const shown = async (viewer: Someone, filters = {}) =>
      (await viewer.client.discovery.discover({ ...range, ...filters })).items.map(({ displayName, distanceKm }) => [
        displayName,
        distanceKm,
      ]);

    it('is chosen by a place or by the device, shows others a distance and never a position, and can be hidden', async () => {
      const [ada, ben] = [await join('Ada'), await join('Ben')];
      const { items } = await ada.client.places.search({ query: 'lisb', language: 'pt' });
      expect(items[0]).toMatchObject({ name: 'Lisboa', area: 'Portugal' });
      const placeId = items[0]?.id ?? '';
      expect(await ada.client.location.set({ placeId })).toMatchObject({ home: { country: 'PT' }, passport: null });
      await ben.client.location.set({ latitude: 38.8, longitude: -9.38 });
      expect(await ben.client.location.mine()).toMatchObject({ home: { latitude: 38.8, longitude: -9.38, city: 'Sintra' } });

      const [[name, distance] = []] = await shown(ada);
      expect([name, Number(distance) > 15 && Number(distance) < 30]).toEqual(['Ben', true]);
      const profile = await ada.client.profiles.profile({ userId: ben.id });
      expect(profile).toMatchObject({ distanceKm: distance, city: 'Sintra' });
      expect(JSON.stringify(profile)).not.toMatch(/latitude|longitude|9\.38/);
      expect(await shown(ada, { maxDistanceKm: 10 })).toEqual([]);

      await ben.client.users.updatePreferences({ privacy: { showDistance: false } });
      expect(await shown(ada)).toEqual([['Ben', null]]);
      await ben.client.location.setPassport({ latitude: 48.8566, longitude: 2.3522 });
      expect(await shown(ada, { maxDistanceKm: 100 })).toEqual([]);
      expect(await ben.client.location.clear()).toEqual({ home: null, passport: null });
      await refusalOf(ada.client.location.set({ placeId: 'geonames:0' }), 'PLACE_NOT_FOUND');
      await refusalOf(ada.client.location.set({ latitude: 91, longitude: 0 }), 'VALIDATION_FAILED');
    });

    it('is asked of both: whoever wants people near is not shown to those who are far', async () => {
      const [clara, dora] = [await join('Clara'), await join('Dora')];
      await clara.client.location.set({ latitude: -36.85, longitude: 174.76 });
      await dora.client.location.set({ latitude: -38.14, longitude: 176.25 });
      expect((await shown(clara, { maxDistanceKm: 400 })).map(([name]) => name)).toEqual(['Dora']);
      await dora.client.users.updatePreferences({ discovery: { maxDistanceKm: 50 } });
      expect(await shown(clara, { maxDistanceKm: 400 })).toEqual([]);
    });

    it('tells someone that they are liked, and by whom in the list, until they answer', async () => {
      const [emi, farid, grace] = [await join('Emi'), await join('Farid'), await join('Grace')];
      const heard = listen(emi.client, 'like:received');
      await online(emi.client);
      await farid.client.swipes.swipe({ userId: emi.id, action: 'super_like' });
      expect(await heard.next()).toEqual({ superLike: true });
      await grace.client.swipes.swipe({ userId: emi.id, action: 'like' });
      const { items } = await emi.client.likes.received();
      expect(items.map(({ person, superLike }) => [person.displayName, superLike])).toEqual([
        ['Grace', false],
        ['Farid', true],
      ]);
      expect(await emi.client.likes.count()).toEqual({ count: 2, superLikes: 1 });
      expect((await shown(emi))[0]?.[0]).toBe('Farid');

      await emi.client.swipes.swipe({ userId: grace.id, action: 'pass' });
      const { match } = await emi.client.swipes.swipe({ userId: farid.id, action: 'like' });
      expect(match?.person.id).toBe(farid.id);
      expect((await emi.client.likes.received()).items).toEqual([]);
    });

    it('gives a few super likes a day, and brings back first whom one takes back', async () => {
      const hugo = await join('Hugo');
      const { limit, left } = await hugo.client.swipes.superLikes();
      expect(left).toBe(limit);
      const others: Someone[] = [];
      for (let one = 0; one <= Number(limit); one += 1) others.push(await join(`Other ${one}`));
      for (const { id } of others.slice(0, -1)) await hugo.client.swipes.swipe({ userId: id, action: 'super_like' });
      const last = others.at(-1);
      const refused = await refusalOf(hugo.client.swipes.swipe({ userId: last?.id ?? '', action: 'super_like' }), 'SUPER_LIKES_USED_UP');
      expect(refused.details).toMatchObject({ limit });
      const { swipe } = await hugo.client.swipes.undoSwipe();
      expect((await hugo.client.discovery.discover(range)).items[0]?.id).toBe(swipe.userId);
      expect((await hugo.client.swipes.superLikes()).left).toBe(0);
    });
  });
