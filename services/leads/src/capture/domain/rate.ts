import type { SourceSettings } from '@meilenstein/contracts';
import { addMillis, type Instant } from '@meilenstein/kernel';

/** A submission as the rate limit sees it. `network` is a keyed digest; null if the sender is a machine that serves many people. */
export type Received = { readonly submissionId: string; readonly at: Instant; readonly network: string | null };

export const rateMillis = 60_000;

const earlier = (a: Received, b: Received): boolean => a.at < b.at || (a.at === b.at && a.submissionId < b.submissionId);

/**
 * The limit that a submission exceeds, by its position among those of the minute before it. It is computed from the stored submissions
 * instead of a counter, so it gives the same result each time, and no item is written by every submission.
 */
export const checkRateLimit = (
  own: Received,
  received: readonly Received[],
  limits: SourceSettings['limits'],
): 'source-rate-exceeded' | 'network-rate-exceeded' | undefined => {
  const from = addMillis(own.at, -rateMillis);
  const before = received.filter((one) => one.at > from && earlier(one, own));
  if (limits.source !== null && before.length >= limits.source) return 'source-rate-exceeded';
  const neighbours = before.filter((one) => own.network !== null && one.network === own.network);
  return limits.network !== null && neighbours.length >= limits.network ? 'network-rate-exceeded' : undefined;
};

/** The part of an address that a provider assigns to one customer: /24 of IPv4, /48 of IPv6; null for anything else. */
export const networkOf = (address: string): string | null => {
  const mapped = address.replace(/^::ffff:/i, '');
  if (/^\d{1,3}(\.\d{1,3}){3}$/.test(mapped)) return mapped.split('.').slice(0, 3).join('.');
  if (!/^[0-9a-f:]+$/i.test(address) || !address.includes(':')) return null;
  const [head = '', tail] = address.toLowerCase().split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const zeros = tail === undefined ? [] : Array.from({ length: Math.max(0, 8 - left.length - right.length) }, () => '0');
  return [...left, ...zeros, ...right]
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
};
