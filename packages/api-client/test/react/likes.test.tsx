// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import type { Like } from '../../src/index';
import { useDiscovery, useLikeCount, useLikes } from '../../src/react/index';
import { refuse } from '../core/stand-in-server';
import { show, until } from './screen';
import { moment, startWorld, stranger, type World } from './world';

function likedBy(world: World, ...likes: Like[]): void {
  world.server.on('likes.received', () => ({ items: likes, nextCursor: null }));
  world.server.on('likes.count', () => ({ count: likes.length, superLikes: likes.filter(({ superLike }) => superLike).length }));
}

const likeOf = (name: string, superLike = false): Like => ({ person: stranger(name), superLike, createdAt: moment() });

function open(world: World) {
  return show(world.device('ada'), () => ({ ...useLikes(), count: useLikeCount(), queue: useDiscovery() }));
}

describe('useLikes', () => {
  it('lists who likes you, and hears of new likes', async () => {
    const world = await startWorld();
    const clara = likeOf('Clara');
    likedBy(world, clara);
    const screen = open(world);
    await until(() => screen.now.likes.length === 1 && screen.now.count?.count === 1);
    likedBy(world, likeOf('Dora', true), clara);
    world.tell('like:received', ['ada'], () => ({ superLike: true }));
    await until(() => screen.now.likes.length === 2 && screen.now.count?.superLikes === 1);
    expect(screen.now.likes.map(({ person }) => person.displayName)).toEqual(['Dora', 'Clara']);
  });

  it('answers: they leave the list and the queue at once', async () => {
    const world = await startWorld();
    const clara = likeOf('Clara');
    likedBy(world, clara);
    world.server.on('discovery.discover', () => ({ items: [clara.person], nextCursor: null }));
    const screen = open(world);
    await until(() => screen.now.likes.length === 1 && screen.now.queue.people.length === 1);
    world.server.on('swipes.swipe', () => {
      likedBy(world);
      return { swipe: { userId: clara.person.id, action: 'pass', createdAt: moment() }, match: null };
    });
    await screen.act((now) => now.answer(clara.person.id, 'pass'));
    await until(() => screen.now.likes.length === 0 && screen.now.queue.people.length === 0 && screen.now.count?.count === 0);
  });

  it('brings them back where the answer is refused', async () => {
    const world = await startWorld();
    const clara = likeOf('Clara');
    likedBy(world, clara);
    const screen = open(world);
    await until(() => screen.now.likes.length === 1);
    world.server.on('swipes.swipe', () => refuse('SUPER_LIKES_USED_UP', { limit: 5, renewsAt: moment() }));
    await expect(screen.act((now) => now.answer(clara.person.id, 'super_like'))).rejects.toMatchObject({ code: 'SUPER_LIKES_USED_UP' });
    await until(() => screen.now.likes.length === 1);
  });
});
