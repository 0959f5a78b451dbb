import { deriveId } from '../identity.ts';

/** The validators of an answer. */
export type Validators = {
  readonly etag?: string | undefined;
  readonly weakEtag?: string | undefined;
  readonly version?: number | undefined;
};

// A proxy that compresses, such as CloudFront, makes tags weak; the version in them stays the same.
const opaque = (header: string): string => header.trim().replace(/^W\//, '').replace(/^"|"$/g, '');

/** What `If-Match` holds, without quotes; `If-None-Match: *` of a change means that the document does not exist yet. */
export const ifMatchOf = (headers: Readonly<Record<string, string>>): string | undefined => {
  if (headers['if-none-match']?.trim() === '*') return '0';
  const asked = headers['if-match'];
  return asked === undefined ? undefined : opaque(asked);
};

/** Whether a tag has a form that an answer of ours may have: a version, a version with a hash, or a hash; `*` stands for any. */
export const isTagOfOurs = (tag: string): boolean => tag === '*' || /^(?:\d{1,9}(?:\.[0-9a-z]{1,40})?|[0-9a-z]{20,40})$/.test(tag);

/**
 * The tag of a body, as the `ETag` header has it (RFC 9110, 8.8.3). With a version it is a strong tag of the version and of the bytes:
 * another body or another version has another tag. Undefined where the answer names no validator.
 */
export const tagOf = ({ etag, weakEtag, version }: Validators, body: string): string | undefined => {
  if (etag !== undefined) return `"${etag}"`;
  if (version !== undefined) return `"${version}.${deriveId(body)}"`;
  return weakEtag === undefined ? undefined : `W/"${weakEtag}"`;
};

/** A strong tag of the bytes alone, for what has no version: lists, figures, boards. No command accepts it as a version. */
export const tagOfBytes = (body: string): string => `"${deriveId(body)}"`;

/** Whether a caller has a body of this tag already: `*`, or one of the tags, compared weakly (RFC 9110, 13.1.2). */
export const matchesIfNoneMatch = (tag: string, ifNoneMatch: string | undefined): boolean =>
  ifNoneMatch !== undefined && ifNoneMatch.split(',').some((one) => one.trim() === '*' || opaque(one) === opaque(tag));
