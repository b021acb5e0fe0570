/** The text of `src/db/migrations.ts`, out of `migrations/*.sql`. */
export function embeddedMigrations(): string;
