import { mediaLinkMinutes } from '@app/contracts';
import { dispositionOf, type MediaStore, signedPrefix, TooLarge, typeOfKey } from '@app/domain';
import { CopyObjectCommand, DeleteObjectsCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { createPresignedPost } from '@aws-sdk/s3-presigned-post';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';

export interface S3Settings {
  readonly bucket: string;
  readonly region: string;
  /** Null: as the AWS SDK finds them by itself, by the role of the machine. */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | null;
  /** Another store that speaks S3. Null: Amazon's. */
  readonly endpoint: string | null;
  /** `endpoint/bucket/key` instead of `bucket.endpoint/key`. */
  readonly forcePathStyle: boolean;
}

const yearSeconds = 31_536_000;
/** A link holds for so long from when it is signed as of. */
const linkSeconds = 2 * mediaLinkMinutes * 60;
/** S3 takes so many at once. */
const mostRemoved = 1_000;

/**
 * Media in a bucket. The bucket may be private: `baseUrl` is what stands before it, a CDN or the service itself. What is below
 * `uploads/` is nobody's to read but the service's; what is below `messages/` is loaded from the store itself, by links that it has signed.
 */
export function s3Media(
  settings: S3Settings,
  baseUrl: () => string,
): MediaStore & Required<Pick<MediaStore, 'directUpload'>> & { close(): void } {
  const { bucket: Bucket, region, credentials, endpoint, forcePathStyle } = settings;
  const client = new S3Client({
    region,
    forcePathStyle,
    ...(credentials === null ? {} : { credentials }),
    ...(endpoint === null ? {} : { endpoint }),
    // Stores that are not Amazon's do not all know the newer checksums.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
  });
  return {
    async put(Key, Body, ContentType) {
      const CacheControl = Key.startsWith(signedPrefix) ? 'private, no-store' : `public, max-age=${yearSeconds}, immutable`;
      await client.send(new PutObjectCommand({ Bucket, Key, Body, ContentType, CacheControl, ContentLength: Body.length }));
    },
    async read(Key, maxBytes) {
      try {
        const { Body, ContentLength } = await client.send(new GetObjectCommand({ Bucket, Key }));
        if (Body === undefined) return undefined;
        if ((ContentLength ?? 0) > maxBytes) {
          await Body.transformToWebStream().cancel();
          throw new TooLarge();
        }
        return await Body.transformToByteArray();
      } catch (error) {
        if (error instanceof NoSuchKey) return undefined;
        throw error;
      }
    },
    async copy(from, Key) {
      try {
        // What it is served as goes along.
        await client.send(new CopyObjectCommand({ Bucket, Key, CopySource: `${Bucket}/${from}` }));
        return true;
      } catch (error) {
        if (error instanceof Error && error.name === 'NoSuchKey') return false;
        throw error;
      }
    },
    async remove(keys) {
      for (let from = 0; from < keys.length; from += mostRemoved) {
        const Objects = keys.slice(from, from + mostRemoved).map((Key) => ({ Key }));
        const { Errors = [] } = await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }));
        const [first] = Errors;
        if (first !== undefined) throw new Error(`${Errors.length} files were not removed, the first for ${first.Code}.`);
      }
    },
    url: (key) => `${baseUrl()}/${key}`,
    async signedUrl(Key, expiresAt) {
      // Signed as of the hour before, so that links that end at the same time are the same one, and are loaded once.
      const signingDate = new Date(expiresAt.getTime() - linkSeconds * 1000);
      const asked = new GetObjectCommand({
        Bucket,
        Key,
        ResponseContentType: typeOfKey(Key),
        ResponseContentDisposition: dispositionOf(Key),
        ResponseCacheControl: `private, max-age=${linkSeconds}`,
      });
      return getSignedUrl(client, asked, { signingDate, expiresIn: linkSeconds });
    },
    async directUpload(Key, { size, contentType, expiresInSeconds }) {
      const { url, fields } = await createPresignedPost(client, {
        Bucket,
        Key,
        Expires: expiresInSeconds,
        Fields: { 'Content-Type': contentType },
        Conditions: [
          ['content-length-range', size, size],
          ['eq', '$Content-Type', contentType],
        ],
      });
      return { url, fields: Object.entries(fields).map(([name, value]) => ({ name, value })) };
    },
    close: () => client.destroy(),
  };
}
