import type { IceServer } from '@app/contracts';
import { hmac } from '../encoding';
import type { IceSettings } from '../settings';

/**
 * STUN and TURN servers for one user. TURN credentials follow the shared-secret scheme of the TURN REST draft, which
 * coturn implements: the name is `expiry:user`, the password its HMAC-SHA-1 in base64.
 */
export async function iceServersFor(
  ice: IceSettings,
  userId: string,
  now: Date,
): Promise<{ iceServers: IceServer[]; expiresAt: string | null }> {
  const iceServers: IceServer[] = [];
  if (ice.stunUrls.length > 0) iceServers.push({ urls: [...ice.stunUrls] });
  if (ice.turnUrls.length === 0 || ice.turnSecret === null) return { iceServers, expiresAt: null };
  const expiry = Math.floor(now.getTime() / 1000) + ice.turnTtlSeconds;
  const username = `${expiry}:${userId}`;
  const credential = btoa(String.fromCharCode(...(await hmac('SHA-1', ice.turnSecret, username))));
  iceServers.push({ urls: [...ice.turnUrls], username, credential });
  return { iceServers, expiresAt: new Date(expiry * 1000).toISOString() };
}
