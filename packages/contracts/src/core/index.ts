export * from './endpoint';
export * from './event';
export * from './example';
export * from './failures';
export * from './schema';
export * from './webhook';
