/**
 * Whether the service behind this page has the demo people: in development, with mocks, and where someone tries the platform
 * on their own machine. Elsewhere nobody should be shown accounts that do not exist.
 */
export function hasDemoPeople(): boolean {
  return import.meta.env.DEV || ['localhost', '127.0.0.1', '[::1]'].includes(window.location.hostname);
}
