import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CallAction, type CallState, callActions, callMachine, callStates, isLiveCall, nextCallState } from '../src';

const anyState = fc.constantFrom(...callStates);
const anyAction = fc.constantFrom(...callActions);

/** The states a call goes through when these actions are tried in turn; a refused one leaves it where it is. */
function walk(from: CallState, actions: readonly CallAction[]): CallState[] {
  const states = [from];
  for (const action of actions) {
    const here = states.at(-1) ?? from;
    states.push(nextCallState(here, action) ?? here);
  }
  return states;
}

describe('the call machine', () => {
  test('goes only where a call may go, however actions race', () => {
    const legal: Readonly<Record<CallState, readonly CallState[]>> = {
      ringing: ['in_progress', 'rejected', 'cancelled', 'missed', 'failed'],
      in_progress: ['completed', 'failed'],
      completed: [],
      rejected: [],
      cancelled: [],
      missed: [],
      busy: [],
      failed: [],
    };
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 20 }), (actions) => {
        const states = walk('ringing', actions);
        states.forEach((state, i) => {
          const before = states[i - 1];
          if (before !== undefined && before !== state) expect(legal[before]).toContain(state);
        });
      }),
    );
  });

  test('stays where it ended', () => {
    fc.assert(
      fc.property(anyState, fc.array(anyAction, { maxLength: 20 }), (from, actions) => {
        if (!isLiveCall(from)) expect(new Set(walk(from, actions))).toEqual(new Set([from]));
      }),
    );
  });

  test('moves at most twice, and is over then', () => {
    fc.assert(
      fc.property(fc.array(anyAction, { maxLength: 40 }), (actions) => {
        const passed = [...new Set(walk('ringing', actions))];
        expect(passed.length).toBeLessThanOrEqual(3);
        if (passed.length === 3) expect(isLiveCall(passed[2] ?? 'ringing')).toBe(false);
      }),
    );
  });

  test('whatever happens first decides: a second answer changes nothing', () => {
    fc.assert(
      fc.property(anyAction, anyAction, (first, second) => {
        const [, after = 'ringing'] = walk('ringing', [first]);
        if (!isLiveCall(after)) expect(nextCallState(after, second)).toBeUndefined();
        expect(nextCallState(after, 'accept') === undefined || after === 'ringing').toBe(true);
      }),
    );
  });

  test('can always be ended, and every end but busy can be reached', () => {
    for (const state of callStates) {
      if (isLiveCall(state))
        expect(
          Object.values(callMachine[state]).some((next) => next !== undefined && !isLiveCall(next)),
          state,
        ).toBe(true);
    }
    const reached = new Set<CallState>(['ringing']);
    for (const state of reached) for (const next of Object.values(callMachine[state])) if (next !== undefined) reached.add(next);
    expect(callStates.filter((state) => !reached.has(state))).toEqual(['busy']);
  });

  test('only ringing and running calls hold people', () => {
    expect(callStates.filter(isLiveCall)).toEqual(['ringing', 'in_progress']);
  });
});
