export { demoEmail, demoPassword, type Persona, type PersonaName } from '@app/domain/seed';
export type { Actor, Who } from './actor';
export type { BotPace } from './bot';
export { type CannedAnswers, type CannedApi, type CannedOptions, createCannedApi } from './canned-api';
export type { MockClock } from './clock';
export type { FaultCode, FaultOptions, FaultTarget } from './faults';
export { createMockApi } from './mock-api';
export type { MockApi, MockOptions, MockPersona } from './types';
