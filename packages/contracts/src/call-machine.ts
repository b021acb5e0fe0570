/** Every state of a call. It begins `ringing`, or `busy` where the callee is in another call. */
export const callStates = ['ringing', 'in_progress', 'completed', 'rejected', 'cancelled', 'missed', 'busy', 'failed'] as const;
export type CallState = (typeof callStates)[number];

/**
 * What can happen to a call, whoever causes it: the two people, a timer, a lost connection.
 * `cancel` is the caller hanging up before an answer, `end` either one after it.
 */
export const callActions = ['accept', 'reject', 'cancel', 'time_out', 'end', 'fail'] as const;
export type CallAction = (typeof callActions)[number];

/** The call's state machine: the state each action leads to. What is not here is not allowed. */
export const callMachine: Readonly<Record<CallState, Readonly<Partial<Record<CallAction, CallState>>>>> = {
  ringing: { accept: 'in_progress', reject: 'rejected', cancel: 'cancelled', time_out: 'missed', fail: 'failed' },
  in_progress: { end: 'completed', fail: 'failed' },
  completed: {},
  rejected: {},
  cancelled: {},
  missed: {},
  busy: {},
  failed: {},
};

/** The state an action leads to, or `undefined` where the action is not allowed. */
export function nextCallState(state: CallState, action: CallAction): CallState | undefined {
  return callMachine[state][action];
}

/** Whether both people are held by the call: it rings or it runs. */
export function isLiveCall(state: CallState): boolean {
  return Object.keys(callMachine[state]).length > 0;
}

/** How long a call rings before it is missed, in seconds. */
export const ringSeconds = 45;
/** How long a person in a call may be without any connection before the call fails, in seconds. */
export const callGraceSeconds = 30;
