// @vitest-environment happy-dom
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, vi } from 'vitest';
import type { Media, MessageLayer, MessageWithFile } from '../../src/index';
import { useMediaFile } from '../../src/react/index';
import { afterwards } from '../clean-ups';
import { show, until } from './screen';
import { newId, people, startWorld } from './world';

const nothing = { durationMs: null, codecs: [], color: null, waveform: null };
const media: Media = { id: newId(), kind: 'image', contentType: 'image/jpeg', size: 5, width: 6, height: 8, hasPicture: true, ...nothing };
const envelope = { algorithm: 'a', sessionId: 's', ciphertext: 'c' };
const message: MessageWithFile = { id: newId(), conversationId: newId(), senderId: people.ben.id, clientId: newId(), envelope, media };

/** A device that opens what says so, and the addresses of what it has made to be shown and has not let go. */
async function open(openFile: MessageLayer['openFile'], encrypted = true) {
  const world = await startWorld();
  const loaded: string[] = [];
  const files = createServer((request, answer) => {
    loaded.push(request.url ?? '');
    answer.setHeader('access-control-allow-origin', '*').end(request.url === '/small' ? 'SMALL' : 'WHOLE');
  });
  await new Promise<void>((resolve) => files.listen(0, resolve));
  afterwards(() => files.close());
  const base = `http://localhost:${(files.address() as AddressInfo).port}`;
  const small = `${base}/small`;
  const link = { mediaId: media.id, url: `${base}/whole`, encrypted, picture: { small, medium: small, large: small } };
  world.server.on('messages.mediaLinks', () => ({
    items: [{ messageId: message.id, ...link, expiresAt: new Date(Date.now() + 3_600_000).toISOString() }],
  }));
  const held = new Map<string, Blob>();
  let made = 0;
  vi.spyOn(URL, 'createObjectURL').mockImplementation((blob) => {
    made += 1;
    held.set(`blob:${made}`, blob as Blob);
    return `blob:${made}`;
  });
  vi.spyOn(URL, 'revokeObjectURL').mockImplementation((url) => void held.delete(url));
  afterwards(() => vi.restoreAllMocks());
  const client = world.device('ada');
  client.through({ seal: async (_, input) => input, sealFile: async () => undefined, openFile, fileKey, open: (data) => data });
  return { client, loaded, held, link };
}

const lowered: MessageLayer['openFile'] = async (_, part, bytes) => {
  const text = new TextDecoder().decode(bytes).toLowerCase();
  return { bytes: new TextEncoder().encode(text).buffer, contentType: part === 'file' ? 'image/png' : 'image/jpeg' };
};

const fileKey: MessageLayer['fileKey'] = () => Promise.reject(new Error('Nobody asks for it.'));

describe('useMediaFile', () => {
  it('opens the picture of an encrypted file, the file when it is wanted, and lets both go', async () => {
    const { client, loaded, held } = await open(lowered);
    const screen = show(client, (isWanted: boolean) => useMediaFile(message, { isWanted }), { initialProps: false });
    await until(() => screen.now.picture !== null);
    expect(screen.now).toMatchObject({ state: 'ready', url: undefined });
    expect(await held.get(screen.now.picture?.medium ?? '')?.text()).toBe('small');
    expect(loaded).not.toContain('/whole');
    screen.rerender(true);
    expect(screen.now.state).toBe('loading');
    await until(() => screen.now.url !== undefined);
    const whole = held.get(screen.now.url ?? '');
    expect([await whole?.text(), whole?.type, held.size]).toEqual(['whole', 'image/png', 2]);
    screen.unmount();
    expect(held.size).toBe(0);
  });

  it('shows nothing of what is not what was sent, and tells what cannot be opened here from it', async () => {
    const { client, held } = await open(async (_, part) => {
      if (part === 'file') throw new Error('There is no key.');
      return undefined;
    });
    const screen = show(client, (isWanted: boolean) => useMediaFile({ ...message, media: { ...media } }, { isWanted }), {
      initialProps: false,
    });
    await until(() => screen.now.state === 'damaged');
    expect([screen.now.url, screen.now.picture, held.size]).toEqual([undefined, null, 0]);
    screen.rerender(true);
    await until(() => screen.now.state === 'closed');
  });

  it('loads nothing of what the message does not open, and leads to what is not encrypted', async () => {
    const { client, loaded } = await open(lowered);
    const closed = show(client, () => useMediaFile({ ...message, media: { ...media, kind: 'encrypted' } }));
    await until(() => closed.now.state === 'closed');
    expect(loaded).toEqual([]);
    const plain = await open(lowered, false);
    const screen = show(plain.client, () => useMediaFile({ ...message, envelope: null }));
    await until(() => screen.now.state === 'ready');
    expect(screen.now).toEqual({ state: 'ready', url: plain.link.url, picture: plain.link.picture });
  });
});
