// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { MyLocation } from '../../src/index';
import { useDiscovery, useLocation, usePlaces } from '../../src/react/index';
import { refuse } from '../core/stand-in-server';
import { show, until } from './screen';
import { moment, startWorld, stranger } from './world';

const nowhere: MyLocation = { home: null, passport: null };
const lisbon = (): MyLocation => ({
  home: { latitude: 38.717, longitude: -9.133, city: 'Lisbon', country: 'PT', updatedAt: moment() },
  passport: null,
});

describe('useLocation', () => {
  it('tells and changes where you are, and who is near is looked for anew', async () => {
    const world = await startWorld();
    world.server.on('location.mine', () => nowhere);
    world.server.on('discovery.discover', () => ({ items: [], nextCursor: null }));
    const screen = show(world.device('ada'), () => ({ ...useLocation(), queue: useDiscovery({ maxDistanceKm: 50 }) }));
    await until(() => screen.now.location !== undefined && screen.now.queue.isEmpty);
    expect(screen.now.location).toEqual(nowhere);

    world.server.on('location.set', ({ input }) => {
      expect(input).toEqual({ placeId: 'geonames:2267057' });
      return lisbon();
    });
    world.server.on('discovery.discover', () => ({ items: [{ ...stranger('Near'), distanceKm: 3 }], nextCursor: null }));
    await screen.act((now) => now.set({ placeId: 'geonames:2267057' }));
    await until(() => screen.now.location?.home?.city === 'Lisbon' && screen.now.queue.current?.distanceKm === 3);

    world.server.on('location.setPassport', () => refuse('PLACE_NOT_FOUND'));
    await expect(screen.act((now) => now.setPassport({ placeId: 'geonames:0' }))).rejects.toMatchObject({ code: 'PLACE_NOT_FOUND' });
    await until(() => screen.now.error?.code === 'PLACE_NOT_FOUND');
    expect(screen.now.location?.home?.city).toBe('Lisbon');
  });
});

describe('usePlaces', () => {
  it('looks for what was typed, in one session, and for nothing while nothing is', async () => {
    const world = await startWorld();
    const asked: unknown[] = [];
    world.server.on('places.search', ({ input }) => {
      asked.push(input);
      return { items: [{ id: 'geonames:2267057', name: 'Lisbon', area: 'Portugal' }] };
    });
    const screen = show(world.device('ada'), usePlaces, { initialProps: ' ' });
    expect(screen.now).toMatchObject({ places: [], isLoading: false });
    screen.rerender('lis');
    await until(() => screen.now.places.length === 1 && !screen.now.isLoading);
    expect(asked).toEqual([{ query: 'lis', session: screen.now.session }]);
    screen.rerender('');
    await until(() => screen.now.places.length === 0);
    expect(asked).toHaveLength(1);
  });
});
