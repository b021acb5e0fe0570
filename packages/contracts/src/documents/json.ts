/** A value as it stands in a document. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject;
export interface JsonObject {
  readonly [name: string]: Json;
}

/** What both documents are told of the service. */
export interface DocumentOptions {
  readonly title: string;
  readonly version: string;
  /**
   * Where the service is reached, without the `/api/v1` that all paths share: `https://api.example.com`. Left out, the
   * addresses are relative to where the document was found.
   */
  readonly serverUrl?: string;
  /** An SPDX identifier, `MIT`, where the service is under a license. */
  readonly license?: string;
}

/** An address that a path can be put behind. */
export function withoutSlash(url: string): string {
  return url.replace(/\/$/, '');
}

/** A value as the document will say it: what is `undefined` is left out. */
export function toJson(value: unknown): Json {
  return JSON.parse(JSON.stringify(value)) as Json;
}

/** Sorted by name, so that a document is the same in whatever order its parts were met. */
export function sorted(parts: ReadonlyMap<string, JsonObject>): JsonObject {
  return Object.fromEntries([...parts].sort(([a], [b]) => (a < b ? -1 : 1)));
}
