import type { Profile } from '@app/api-client';
import { fireEvent, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Deck } from '../src/features/discover/deck';
import { useSwipeKeys } from '../src/features/discover/use-swipe-keys';

const person = (name: string): Profile => ({
  id: name,
  displayName: name,
  age: 30,
  gender: 'other',
  city: 'Lisbon',
  bio: '',
  interests: [],
  details: {
    heightCm: null,
    lookingFor: null,
    languages: [],
    job: null,
    education: null,
    drinking: null,
    smoking: null,
    exercise: null,
    children: null,
  },
  photo: null,
  photos: [],
  distanceKm: null,
  matched: false,
  friendship: 'none',
  completeness: null,
});

beforeEach(() => {
  // happy-dom lays nothing out and captures no pointers.
  vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(320);
  vi.spyOn(HTMLElement.prototype, 'offsetHeight', 'get').mockReturnValue(480);
  HTMLElement.prototype.setPointerCapture = () => undefined;
});

function setUp() {
  const calls = { onDecide: vi.fn(), onGone: vi.fn(), onMore: vi.fn() };
  render(<Deck people={[person('Ada'), person('Ben'), person('Clara')]} leaving={[]} cameBack={undefined} {...calls} />);
  return { ...calls, card: screen.getByRole('article', { name: 'Ada, 30' }) };
}

/** Drags with a finger, and lets go. */
function drag(card: HTMLElement, x: number, y: number): void {
  const pointer = { pointerId: 1, pointerType: 'touch', button: 0 };
  fireEvent.pointerDown(card, { ...pointer, clientX: 100, clientY: 100 });
  fireEvent.pointerMove(card, { ...pointer, clientX: 100 + x / 2, clientY: 100 + y / 2 });
  fireEvent.pointerMove(card, { ...pointer, clientX: 100 + x, clientY: 100 + y });
  fireEvent.pointerUp(card, { ...pointer, clientX: 100 + x, clientY: 100 + y });
}

describe('the deck', () => {
  it('offers only the uppermost card to hands and ears', () => {
    setUp();
    expect(screen.getAllByRole('article')).toHaveLength(1);
  });

  it.each([
    ['right', 180, 0, 'like'],
    ['left', -180, 0, 'pass'],
    ['up', 0, -220, 'super_like'],
  ] as const)('dragged far to the %s decides', (_, x, y, action) => {
    const { card, onDecide } = setUp();
    drag(card, x, y);
    expect(onDecide).toHaveBeenCalledExactlyOnceWith(action, expect.objectContaining({ x, y }));
  });

  it('dragged a little decides nothing and follows the finger meanwhile', () => {
    const { card, onDecide } = setUp();
    const pointer = { pointerId: 1, pointerType: 'touch', button: 0 };
    fireEvent.pointerDown(card, { ...pointer, clientX: 100, clientY: 100 });
    fireEvent.pointerMove(card, { ...pointer, clientX: 130, clientY: 100 });
    expect(card.style.transform).toContain('translate3d(30px, 0px, 0)');
    fireEvent.pointerUp(card, { ...pointer, clientX: 130, clientY: 100 });
    expect(onDecide).not.toHaveBeenCalled();
  });

  it('tapped shows more, and a second finger changes nothing', () => {
    const { card, onMore, onDecide } = setUp();
    drag(card, 0, 0);
    expect(onMore).toHaveBeenCalledOnce();
    fireEvent.pointerDown(card, { pointerId: 1, button: 0, clientX: 100, clientY: 100 });
    fireEvent.pointerUp(card, { pointerId: 2, button: 0, clientX: 400, clientY: 100 });
    expect(onDecide).not.toHaveBeenCalled();
  });
});

describe('the keyboard', () => {
  function Keys(handlers: Parameters<typeof useSwipeKeys>[0]) {
    useSwipeKeys(handlers);
    return <input aria-label="Something else" />;
  }

  it('passes, likes, super likes and takes back', async () => {
    const [onSwipe, onUndo] = [vi.fn(), vi.fn()];
    render(<Keys onSwipe={onSwipe} onUndo={onUndo} />);
    await userEvent.keyboard('{ArrowLeft}{ArrowRight}{ArrowUp}z{Backspace}');
    expect(onSwipe.mock.calls).toEqual([['pass'], ['like'], ['super_like']]);
    expect(onUndo).toHaveBeenCalledTimes(2);
  });

  it('belongs to a field while one writes in it, and to the browser with Control', async () => {
    const [onSwipe, onUndo] = [vi.fn(), vi.fn()];
    render(<Keys onSwipe={onSwipe} onUndo={onUndo} />);
    await userEvent.type(screen.getByLabelText('Something else'), 'az{ArrowLeft}{Backspace}');
    await userEvent.tab();
    await userEvent.keyboard('{Control>}z{/Control}');
    expect(onSwipe).not.toHaveBeenCalled();
    expect(onUndo).not.toHaveBeenCalled();
  });
});
