import { region } from '../account-and-region.ts';
import type { Addresses } from './resource-identities.ts';

const bucketAddress = new RegExp(`https://[a-z0-9.-]+\\.s3\\.${region}\\.amazonaws\\.com`, 'g');
const signInAddress = new RegExp(`https://[a-z0-9-]+\\.auth\\.${region}\\.amazoncognito\\.com`, 'g');

/**
 * A resolved value in which the public addresses that AWS would give are those of this machine: buckets, sign-in, and the distribution,
 * which has no certificate here and so no TLS.
 */
export const onThisMachine = (value: unknown, addresses: Addresses): unknown => {
  if (typeof value === 'string') return localText(value, addresses);
  if (Array.isArray(value)) return value.map((part) => onThisMachine(part, addresses));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, onThisMachine(part, addresses)]));
};

const localText = (text: string, { bucketUrl, issuerUrl, pageHost }: Addresses): string =>
  text
    .replaceAll(bucketAddress, bucketUrl)
    .replaceAll(signInAddress, new URL(issuerUrl).origin)
    .replaceAll(`https://${pageHost}`, `http://${pageHost}`);
