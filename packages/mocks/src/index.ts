export type { Actor, Persona } from '@app/domain/seed';
export { demoEmail, demoPassword, personas } from '@app/domain/seed';
export { type CannedApiOptions, createCannedApi } from './canned-api';
export type { FaultOptions } from './faults';
export { createMockApi, type MockApi, type MockApiOptions, type MockClockKnobs } from './mock-api';
