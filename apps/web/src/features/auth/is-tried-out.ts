/**
 * Whether the platform is tried out here and may have demo people and an outbox to read: in development, with mocks, and where someone runs it
 * on their own machine. Elsewhere nobody should be shown accounts that do not exist.
 */
export function isTriedOut(): boolean {
  return import.meta.env.DEV || ['localhost', '127.0.0.1', '[::1]'].includes(window.location.hostname);
}
