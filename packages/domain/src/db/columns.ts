import { timestamp, uuid } from 'drizzle-orm/pg-core';

/** A moment, to the millisecond, as JavaScript keeps it: a value read back equals the value written. */
export const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: 'date' });

/** A UUIDv7 made by the platform. */
export const id = (name = 'id') => uuid(name);
