import * as z from 'zod';
import type { S3Settings } from './adapters/s3-media';

/** The settings of where media are kept, by the names of their environment variables. */
export const storageVariables = {
  S3_BUCKET: z
    .string()
    .regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'has to be the name of a bucket')
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/, 'has to be the name of a region')
    .optional(),
  S3_ACCESS_KEY_ID: z.string().optional(),
  S3_SECRET_ACCESS_KEY: z.string().optional(),
  S3_FORCE_PATH_STYLE: z.enum(['true', 'false', '1', '0']).default('false'),
  AWS_ENDPOINT_URL_S3: z
    .url({ protocol: /^https?$/ })
    .transform((address) => address.replace(/\/+$/, ''))
    .optional(),
};

const shape = z.object(storageVariables);
const needsBucket = ['S3_REGION', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY', 'AWS_ENDPOINT_URL_S3'];

/** What is wrong with them together. `isMissing` tells whether a variable is set, by itself or by a file. */
export function storageFaults(values: Readonly<Record<string, string | undefined>>, isMissing: (name: string) => boolean): string[] {
  const faults: string[] = [];
  const without = (missing: string, name: string) => faults.push(`${missing}: is missing, ${name} cannot be used without it`);
  const first = needsBucket.find((name) => !isMissing(name));
  if (isMissing('S3_BUCKET')) {
    if (first !== undefined) without('S3_BUCKET', first);
  } else if (isMissing('S3_REGION')) without('S3_REGION', 'S3_BUCKET');
  if (!isMissing('S3_ACCESS_KEY_ID') && isMissing('S3_SECRET_ACCESS_KEY')) without('S3_SECRET_ACCESS_KEY', 'S3_ACCESS_KEY_ID');
  if (!isMissing('S3_SECRET_ACCESS_KEY') && isMissing('S3_ACCESS_KEY_ID')) without('S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY');
  if (values.NODE_ENV === 'production' && /^http:/.test(values.AWS_ENDPOINT_URL_S3 ?? '')) {
    faults.push('AWS_ENDPOINT_URL_S3: has to begin with https:// in production');
  }
  return faults;
}

/** Null: media are kept on disk. */
export function storageOf(env: z.infer<typeof shape>): S3Settings | null {
  const { S3_BUCKET: bucket, S3_REGION: region, S3_ACCESS_KEY_ID: accessKeyId, S3_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (bucket === undefined || region === undefined) return null;
  return {
    bucket,
    region,
    credentials: accessKeyId === undefined || secretAccessKey === undefined ? null : { accessKeyId, secretAccessKey },
    endpoint: env.AWS_ENDPOINT_URL_S3 ?? null,
    forcePathStyle: ['true', '1'].includes(env.S3_FORCE_PATH_STYLE),
  };
}

/** Where browsers send files for this bucket. */
export function uploadOrigin({ bucket, region, endpoint, forcePathStyle }: S3Settings): string {
  const { protocol, host } = new URL(endpoint ?? `https://s3.${region}.amazonaws.com`);
  return `${protocol}//${forcePathStyle ? '' : `${bucket}.`}${host}`;
}
