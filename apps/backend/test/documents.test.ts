import { asyncApiDocument, openApiDocument } from '@app/contracts/documents';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestBackend, type TestBackend } from './rig/backend';
import { send } from './rig/http';

let backend: TestBackend;
beforeAll(async () => {
  backend = await startTestBackend('postgres');
});
afterAll(() => backend.close());

const get = (path: string) => send('GET', `${backend.url}${path}`);
const json = (value: unknown) => JSON.parse(JSON.stringify(value)) as { info: { title: string; version: string } };

describe('the documents', () => {
  it.each([
    ['/openapi.json', openApiDocument, '3.1'],
    ['/asyncapi.json', asyncApiDocument, '3.0'],
  ] as const)('serves %s as it is made from the contracts', async (path, make, version) => {
    const reply = await get(path);
    expect([reply.status, reply.headers.get('content-type')]).toEqual([200, 'application/json; charset=utf-8']);
    const served = reply.body as { openapi?: string; asyncapi?: string; info: { title: string; version: string } };
    expect(served.openapi ?? served.asyncapi).toMatch(new RegExp(`^${version}`));
    const { title, version: own } = served.info;
    expect(served).toEqual(json(make({ title, version: own })));
  });

  it('shows them on a page that needs nothing from elsewhere', async () => {
    const page = await get('/docs');
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
    const paths = [...page.text.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path as string);
    expect(paths.length).toBeGreaterThanOrEqual(3);
    for (const path of paths) {
      expect(path).toMatch(/^\//);
      const asset = await get(path);
      expect([path, asset.status]).toEqual([path, 200]);
      expect(asset.text.length).toBeGreaterThan(100);
    }
    // The page's own rules forbid scripts in the page itself.
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'");
    expect(page.text).not.toMatch(/<script(?![^>]*\bsrc=)|\son\w+=/);
  });
});
