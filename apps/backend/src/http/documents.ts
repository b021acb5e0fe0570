import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { asyncApiDocument, openApiDocument } from '@app/contracts/documents';
import type { FastifyInstance } from 'fastify';

const require = createRequire(import.meta.url);
const version = '0.1.0';

const page = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>Heartline API reference</title>
    <link rel="stylesheet" href="/docs/swagger-ui.css" />
  </head>
  <body>
    <div id="reference"></div>
    <noscript><a href="/openapi.json">openapi.json</a> describes the API, <a href="/asyncapi.json">asyncapi.json</a> its socket.</noscript>
    <script src="/docs/swagger-ui-bundle.js"></script>
    <script src="/docs/start.js"></script>
  </body>
</html>
`;

const start = `window.ui = SwaggerUIBundle({
  url: '/openapi.json',
  dom_id: '#reference',
  deepLinking: true,
  docExpansion: 'list',
  defaultModelsExpandDepth: 0,
  displayRequestDuration: true,
  filter: true,
  persistAuthorization: true,
  tryItOutEnabled: true,
});
`;

/** The API's reference page and the two documents behind it, all made from the contracts. */
export function documentRoutes(server: FastifyInstance): void {
  const text = (path: string, type: string, make: () => string) => {
    let made: string | undefined;
    server.get(path, async (_request, reply) => {
      made ??= make();
      return reply.header('content-type', `${type}; charset=utf-8`).header('cache-control', 'no-cache').send(made);
    });
  };
  const asset = (name: string, type: string) =>
    text(`/docs/${name}`, type, () => readFileSync(require.resolve(`swagger-ui-dist/${name}`), 'utf8'));

  text('/openapi.json', 'application/json', () => JSON.stringify(openApiDocument({ title: 'Heartline API', version })));
  text('/asyncapi.json', 'application/json', () => JSON.stringify(asyncApiDocument({ title: 'Heartline realtime', version })));
  text('/docs', 'text/html', () => page);
  text('/docs/start.js', 'text/javascript', () => start);
  asset('swagger-ui-bundle.js', 'text/javascript');
  asset('swagger-ui.css', 'text/css');
}
