import type { ProviderName } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';
import type { Understood } from '../domain/map-fields.ts';
import type { RegisteredSource } from '../domain/source.ts';
import { htmlForm } from './html-form.ts';
import { standardWebhooks } from './standard-webhooks.ts';

/** A delivery as it came: the raw bytes and the headers in lower case. */
export type Delivery = { readonly bytes: Uint8Array; readonly headers: Readonly<Record<string, string>> };

/** What a stored submission says: lead fields, or why it goes into quarantine, or why it is no lead. */
export type Reading = Understood | { readonly reject: string };

/** One way in which forms deliver. Each scheme is one file; none of its functions throws, whatever the bytes are. */
export type Provider = {
  /** whether sources of this scheme have secrets */
  readonly signs: boolean;
  /** over the raw bytes, in constant time; true only where one of the secrets made one of the signatures */
  readonly isGenuine: (delivery: Delivery, secrets: readonly string[], now: Instant) => boolean;
  /** the same for a repetition of the same delivery */
  readonly deliveryId: (delivery: Delivery, now: Instant) => string;
  /** `contentType` as the sender gave it, '' where none was */
  readonly read: (bytes: Uint8Array, contentType: string, source: Pick<RegisteredSource, 'mapping' | 'honeypot'>) => Reading;
  /** where a browser goes afterwards; undefined: the sender is a machine */
  readonly redirectOf: (bytes: Uint8Array, source: Pick<RegisteredSource, 'redirects'>) => string | undefined;
};

export const providers: Readonly<Record<ProviderName, Provider>> = { 'standard-webhooks': standardWebhooks, 'html-form': htmlForm };
