import { callEvents } from './calls';
import { deviceAnswers, deviceEvents } from './devices';
import type { ToldByAnswer } from './fact';
import { friendAnswers, friendEvents } from './friends';
import { locationAnswers } from './location';
import { notificationAnswers, notificationEvents } from './notifications';
import { profileAnswers } from './profile';
import { safetyAnswers, safetyEvents } from './safety';

// Loaded when the first of it happens: see `told.ts`.
export const furtherByEvent = { ...callEvents, ...deviceEvents, ...friendEvents, ...notificationEvents, ...safetyEvents };

export const furtherByAnswer: ToldByAnswer = {
  ...deviceAnswers,
  ...friendAnswers,
  ...locationAnswers,
  ...notificationAnswers,
  ...profileAnswers,
  ...safetyAnswers,
};
