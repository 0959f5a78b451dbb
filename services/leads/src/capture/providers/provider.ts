import type { HmacScheme, ProviderName } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';

/** A delivery as it came: the raw bytes, the headers in lower case, and what else a signature may cover. */
export type Delivery = {
  readonly method: string;
  /** as the sender called it: `https://host/path?query` */
  readonly url: string;
  readonly query: Readonly<Record<string, string>>;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Uint8Array;
};

/** One submission of a delivery, as it will be kept. `id` is the same for a repetition of the same submission. */
export type Part = { readonly id: string; readonly bytes: Uint8Array };

/** A submission that was kept; `contentType` as the sender gave it, '' where none was. */
export type Kept = { readonly bytes: Uint8Array; readonly contentType: string };

/** What a kept submission says: answers for the source's mapping, or why it is no lead (yet). */
export type Reading =
  /** names and values, with what the scheme itself knows (an answer of type e-mail is called `email`) beside the sender's own names */
  | { readonly answers: Readonly<Record<string, unknown>> }
  | { readonly quarantine: string }
  | { readonly reject: string }
  /** a thin notification: the content has to be fetched from the sender by this reference */
  | { readonly fetch: string }
  /** the sender erased this person, known by this reference */
  | { readonly erase: string };

/** What a source says about its deliveries. */
type DeliverySettings = { readonly signature: HmacScheme | null; readonly redirects: readonly string[] };

type Handshake = { readonly contentType: 'text/plain' | 'application/json'; readonly body: string };

/** One way in which forms deliver. Each scheme is one file; none of its functions throws, whatever the bytes are. */
export type Provider = {
  /**
   * Who makes the secret (we, and the sender is told; or the sender, and we are told), and what it is for: it signs, it comes along as
   * a token in the address, it comes along as a key in the body, or it never leaves us and stamps the time at which a form was opened.
   */
  readonly secret: { readonly from: 'us' | 'sender'; readonly use: 'signature' | 'token' | 'key' | 'stamp' };
  /** over the raw bytes, in constant time; true only where one of the secrets made one of the signatures */
  readonly isGenuine: (delivery: Delivery, secrets: readonly string[], settings: DeliverySettings, now: Instant) => boolean;
  /** at least one; several where the scheme delivers in batches. What must not be kept (a key in the body) is taken out here */
  readonly parts: (delivery: Delivery, settings: DeliverySettings, now: Instant) => Promise<readonly Part[]>;
  readonly read: (kept: Kept) => Promise<Reading>;
  /** where a browser goes afterwards; undefined: the sender is a machine */
  readonly redirectOf?: (delivery: Delivery, settings: DeliverySettings) => Promise<string | undefined>;
  /** answers the sender's question whether we are the ones who know the secret; undefined where it is not well asked */
  readonly answerHandshake?: (query: Readonly<Record<string, string>>, secrets: readonly string[]) => Handshake | undefined;
  /** what the sender is told to ask with in its handshake, where that is not the secret itself */
  readonly verifyToken?: (secret: string) => string;
  /** what a fetched document says, where `read` answers `fetch` */
  readonly readFetched?: (document: unknown) => Reading;
};

/** The schemes by name; a name without a scheme would not compile. */
export type Providers = Readonly<Record<ProviderName, Provider>>;
