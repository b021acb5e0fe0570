import { render } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { contrast } from '../src/design/portrait/contrast';
import { Avatar, Portrait } from '../src/design/portrait/portrait';
import { randomOf } from '../src/design/portrait/random';
import { initialOf, sceneOf } from '../src/design/portrait/scene';

const ids = Array.from({ length: 400 }, (_, index) => `0190b5a0-7c3f-7000-8a1b-${index.toString(16).padStart(12, '0')}`);

describe('a portrait', () => {
  it('is the same for the same id, and another for the next', () => {
    const [first = '', second = ''] = ids;
    expect(sceneOf(first)).toEqual(sceneOf(first));
    expect(JSON.stringify(sceneOf(first))).not.toBe(JSON.stringify(sceneOf(second)));
  });

  it('does not change from one version of the app to the next', () => {
    const random = randomOf('0190b5a0-7c3f-7000-8a1b-000000000001');
    const drawn = [random.next(), random.next(), random.next()].map((value) => value.toFixed(6));
    expect(drawn).toMatchInlineSnapshot(`
      [
        "0.995438",
        "0.074643",
        "0.649240",
      ]
    `);
  });

  it('differs widely between ids that differ in one digit', () => {
    const scenes = ids.map(sceneOf);
    expect(new Set(scenes.map((scene) => JSON.stringify(scene))).size).toBe(ids.length);
    const shares = new Map<string, number>();
    for (const { palette } of scenes) shares.set(palette.ground[0], (shares.get(palette.ground[0]) ?? 0) + 1);
    // Twelve palettes: each gets its share, none more than three times that.
    expect(shares.size).toBe(12);
    expect(Math.max(...shares.values())).toBeLessThan(100);
  });

  it('draws nothing that is not a number', () => {
    for (const scene of ids.map(sceneOf)) {
      for (const { d } of [...scene.back, ...scene.front]) expect(d).not.toMatch(/NaN|undefined|Infinity/);
    }
  });

  it('carries white text on its darkest tone', () => {
    for (const id of ids) expect(contrast('#ffffff', sceneOf(id).palette.deep)).toBeGreaterThan(7);
  });

  it('shows the first letter as a reader sees it', () => {
    expect(initialOf('Ada')).toBe('A');
    expect(initialOf(' élodie')).toBe('É');
    expect(initialOf('👩‍🚀 Sally')).toBe('👩‍🚀');
    expect(initialOf('')).toBe('?');
  });

  it('is decoration: hidden from those who listen, the name stands beside it', () => {
    const { container } = render(
      <>
        <Portrait person={{ id: 'a', displayName: 'Ada' }} />
        <Avatar person={{ id: 'a', displayName: 'Ada' }} />
      </>,
    );
    expect(container.querySelectorAll('svg')).toHaveLength(2);
    expect(container.querySelectorAll('svg:not([aria-hidden="true"])')).toHaveLength(0);
  });
});
