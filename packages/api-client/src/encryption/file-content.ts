import { ApiError } from '../errors';
import type { FileToSend, MediaToSend, OpenMediaKind, SealedFile } from '../types';

/** What pages show and play without running anything that stands in it. What somebody else says of their file is not believed beyond it. */
const types: Readonly<Record<OpenMediaKind, readonly string[]>> = {
  image: ['image/jpeg', 'image/png', 'image/webp', 'image/avif'],
  audio: ['audio/mp4', 'audio/webm', 'audio/ogg', 'audio/mpeg', 'audio/wav'],
  video: ['video/mp4', 'video/webm', 'video/quicktime'],
};
const largest = 2 ** 31 - 1;
const maxSteps = 64;
const maxHeight = 100;

/** What a file is, by what the app says of it. Nobody else can tell once it is encrypted, so it has to. */
export function typeOf(file: FileToSend, kind: OpenMediaKind): string {
  const [type = ''] = ('type' in file ? file.type : '').split(';');
  if (types[kind].includes(type)) return type;
  const allowed = [...types[kind]];
  throw new ApiError({ code: 'FILE_TYPE_NOT_ALLOWED', status: 415, message: 'The file does not say what it is.', details: { allowed } });
}

/** What a message says of a file, but for what opens it. */
export function describe({ kind, file, width, height, durationMs, waveform }: MediaToSend): Omit<SealedFile, 'keys' | 'picture'> {
  return {
    kind,
    contentType: typeOf(file, kind),
    width: width ?? null,
    height: height ?? null,
    durationMs: durationMs ?? null,
    waveform: kind === 'audio' && waveform ? waveform.map((step) => Math.round(step)) : null,
  };
}

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const isKind = (value: unknown): value is OpenMediaKind => typeof value === 'string' && Object.hasOwn(types, value);
const isWhole = (value: unknown): value is number => typeof value === 'number' && Number.isInteger(value);
/** A length, where it is one. */
const length = (value: unknown) => (isWhole(value) && value > 0 && value <= largest ? value : null);

function steps(value: unknown): number[] | null {
  if (!Array.isArray(value) || value.length > maxSteps) return null;
  return value.every((step): step is number => isWhole(step) && step >= 0 && step <= maxHeight) ? value : null;
}

/** What opens something, and what it is then, where that may be shown. */
function opening(value: unknown, kind: OpenMediaKind): SealedFile['picture'] {
  if (!isFields(value)) return null;
  const { keys, contentType } = value;
  return typeof keys === 'string' && typeof contentType === 'string' && types[kind].includes(contentType) ? { keys, contentType } : null;
}

/** What somebody's message says of its file; undefined where that is nothing that can be shown. */
export function readFile(value: unknown): SealedFile | undefined {
  if (!isFields(value) || !isKind(value.kind)) return undefined;
  const { kind, width, height, durationMs, waveform, picture } = value;
  const opened = opening(value, kind);
  if (opened === null) return undefined;
  const size = { width: length(width), height: length(height), durationMs: length(durationMs) };
  return { kind, ...opened, ...size, waveform: kind === 'audio' ? steps(waveform) : null, picture: opening(picture, 'image') };
}
