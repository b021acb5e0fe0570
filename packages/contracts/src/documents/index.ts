export { type AsyncApiDocument, asyncApiDocument } from './asyncapi';
export type { DocumentOptions, Json, JsonObject } from './json';
export { type OpenApiDocument, openApiDocument } from './openapi';
