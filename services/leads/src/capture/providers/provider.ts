import type { HmacScheme, ProviderName } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';

/** A delivery as received: the raw bytes, the headers in lower case, and everything else that a signature may cover. */
export type Delivery = {
  readonly method: string;
  /** as the sender called it: `https://host/path?query` */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
};

/** One submission of a delivery, as it will be stored. A repeated submission has the same `id`. */
export type Part = {
  readonly id: string;
  readonly bytes: Uint8Array;
  /** where it differs from that of the delivery */
  readonly contentType?: string;
};

/** A stored submission; `contentType` as the sender gave it, or ''. */
export type Kept = { readonly bytes: Uint8Array; readonly contentType: string };

/** The content of a stored submission: answers for the source's mapping, or why it is not a lead, or not yet. */
export type Reading =
  /** names and values, with what the scheme itself knows (an answer of type e-mail is called `email`) beside the sender's own names */
  | { readonly answers: Readonly<Record<string, unknown>> }
  | { readonly quarantine: string }
  | { readonly reject: string }
  /** a thin notification: the content has to be fetched from the sender by this reference */
  | { readonly fetch: string }
  /** the sender erased the person with this reference */
  | { readonly erase: string };

/** The settings of a source that concern its deliveries. */
type DeliverySettings = { readonly signature: HmacScheme | null; readonly redirects: readonly string[] };

type Handshake = { readonly contentType: 'text/plain' | 'application/json'; readonly body: string };

/** One way in which forms deliver. Each scheme is one file; none of its functions throws, whatever the bytes are. */
export type Provider = {
  /**
   * Who makes the secret (we do, or the sender does), and its use: it signs; it is a token in the address; it is a key in the body; or it
   * never leaves us and stamps the time at which a form was opened.
   */
  readonly secret: { readonly from: 'us' | 'sender'; readonly use: 'signature' | 'token' | 'key' | 'stamp' };
  /** over the raw bytes, in constant time; true only if one of the secrets produced one of the signatures */
  readonly isGenuine: (delivery: Delivery, secrets: readonly string[], settings: DeliverySettings, now: Instant) => boolean;
  /** at least one; several where the scheme delivers in batches. What must not be stored (a key in the body) is removed here */
  readonly parts: (delivery: Delivery, settings: DeliverySettings, now: Instant) => Promise<readonly Part[]>;
  readonly read: (kept: Kept) => Promise<Reading>;
  /** where the browser is redirected; undefined: the sender is a machine */
  readonly redirectOf?: (delivery: Delivery, settings: DeliverySettings) => Promise<string | undefined>;
  /** answers the sender's handshake, which proves that we know the secret; undefined if the request is invalid */
  readonly answerHandshake?: (query: Readonly<Record<string, string>>, secrets: readonly string[]) => Handshake | undefined;
  /** the token to configure at the sender for its handshake, if that is not the secret itself */
  readonly verifyToken?: (secret: string) => string;
  /** reads a fetched document, if `read` returns `fetch` */
  readonly readFetched?: (document: unknown) => Reading;
};

/** The schemes by name; a name without a scheme would not compile. */
export type Providers = Readonly<Record<ProviderName, Provider>>;
