export { argon2Passwords } from './adapters/argon2-passwords';
export { openPostgres } from './adapters/postgres';
export { type Backend, type BackendOptions, createLog, startBackend } from './backend';
export { type Config, ConfigError, readConfig } from './config';
export { createServer, type ServerParts } from './http/server';
