import { createHash, randomUUID } from 'node:crypto';
import { BucketError } from './bucket-error.ts';

type Upload = { readonly headers: Readonly<Record<string, string>>; readonly parts: Map<number, Buffer> };

/** Uploads in parts that are not completed yet. They live in memory: a restart forgets them. */
export type MultipartUploads = {
  readonly start: (headers: Readonly<Record<string, string>>) => string;
  /** @returns the part's ETag */
  readonly addPart: (uploadId: string, partNumber: number, body: Buffer) => string;
  /** @returns the whole object with its composed ETag */
  readonly assemble: (
    uploadId: string,
    partNumbers: readonly number[],
  ) => { readonly body: Buffer; readonly etag: string; readonly headers: Readonly<Record<string, string>> };
  readonly end: (uploadId: string) => void;
};

export function createMultipartUploads(): MultipartUploads {
  const uploads = new Map<string, Upload>();
  const existing = (uploadId: string): Upload => {
    const upload = uploads.get(uploadId);
    if (upload === undefined) throw new BucketError(404, 'NoSuchUpload', 'The specified multipart upload does not exist.');
    return upload;
  };
  return {
    start: (headers) => {
      const uploadId = randomUUID();
      uploads.set(uploadId, { headers, parts: new Map() });
      return uploadId;
    },
    addPart: (uploadId, partNumber, body) => {
      existing(uploadId).parts.set(partNumber, body);
      return md5(body).toString('hex');
    },
    assemble: (uploadId, partNumbers) => {
      const { headers, parts } = existing(uploadId);
      const bodies = partNumbers.map((number) => {
        const body = parts.get(number);
        if (body === undefined) throw new BucketError(400, 'InvalidPart', `Part ${number} was not uploaded.`);
        return body;
      });
      const etag = `${md5(Buffer.concat(bodies.map(md5))).toString('hex')}-${bodies.length}`;
      return { body: Buffer.concat(bodies), etag, headers };
    },
    end: (uploadId) => uploads.delete(uploadId),
  };
}

const md5 = (body: Buffer): Buffer => createHash('md5').update(body).digest();
