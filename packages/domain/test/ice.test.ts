import { describe, expect, it } from 'vitest';
import { iceServersFor } from '../src/calls/ice';

describe('TURN credentials', () => {
  it('agree with a vector worked out by openssl', async () => {
    // printf '1768482000:019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10' | openssl dgst -sha1 -hmac north -binary | base64
    const { iceServers } = await iceServersFor(
      { stunUrls: [], turnUrls: ['turn:turn.example.com'], turnSecret: 'north', turnTtlSeconds: 3600 },
      '019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10',
      new Date('2026-01-15T12:00:00.999Z'),
    );
    expect(iceServers).toEqual([
      {
        urls: ['turn:turn.example.com'],
        username: '1768482000:019a43d7-26c8-7a3e-9c41-5b8f2e6d7a10',
        credential: 'bvt7nqtS+ACoxZX5FN5tAJrXBmg=',
      },
    ]);
  });

  it('are none without a secret', async () => {
    const ice = { stunUrls: ['stun:a'], turnUrls: ['turn:b'], turnSecret: null, turnTtlSeconds: 60 };
    expect(await iceServersFor(ice, 'u', new Date(0))).toEqual({ iceServers: [{ urls: ['stun:a'] }], expiresAt: null });
  });
});
