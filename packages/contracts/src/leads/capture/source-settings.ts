import * as z from 'zod';
import { personField } from '../people/person-fields.ts';

/** How a form delivers. `generic-hmac` is any sender that signs as the `signature` of the source describes. */
export const providerName = z.enum([
  'standard-webhooks',
  'html-form',
  'generic-hmac',
  'typeform',
  'tally',
  'webflow',
  'calendly',
  'jotform',
  'hubspot',
  'google-ads',
  'meta',
  'linkedin',
  'gravity-forms',
  'contact-form-7',
  'wpforms',
  'framer',
  'formstack',
]);
export type ProviderName = z.infer<typeof providerName>;

/** The target of a form value: a lead field, or `custom.` and a name that the company chose. */
const mappingTarget = z.union([
  personField,
  z.templateLiteral([
    'custom.',
    z
      .string()
      .regex(/^[a-z][a-z0-9-]{0,39}$/, 'begins with a small letter and has at most 40 small letters, digits or -, such as newsletter'),
  ]),
]);
export type MappingTarget = z.infer<typeof mappingTarget>;

/** Path in the payload (dots between the steps) -> lead field. */
export const fieldMapping = z.record(z.string().min(1).max(200), mappingTarget);

const isTemplate = (text: string): boolean =>
  text.split('{body}').length === 2 && !/[{}]/.test(text.replace(/\{(body|timestamp|id|method|url)\}/g, ''));

/** How a sender without a scheme of its own signs: an HMAC over a text made from the delivery. */
export const hmacScheme = z.strictObject({
  algorithm: z.enum(['sha1', 'sha256', 'sha512']),
  encoding: z.enum(['hex', 'base64']),
  /** the header that carries the signature */
  header: z.string().regex(/^[A-Za-z0-9-]{1,80}$/, 'is the name of a header, such as X-Signature'),
  /** the text before the signature in the header, such as `sha256=` */
  prefix: z.string().max(40).default(''),
  /** what is signed: `{body}` once, and around it `{timestamp}`, `{id}`, `{method}`, `{url}` and any other text */
  signed: z
    .string()
    .max(200)
    .refine(isTemplate, 'must contain {body} once, and may contain {timestamp}, {id}, {method} and {url}')
    .default('{body}'),
  timestamp: z
    .strictObject({
      header: z.string().regex(/^[A-Za-z0-9-]{1,80}$/, 'is the name of a header, such as X-Signature'),
      unit: z.enum(['seconds', 'milliseconds']),
      toleranceSeconds: z.int().min(1).max(900).default(300),
    })
    .nullable()
    .default(null),
  /** the header that identifies the delivery; null: its content identifies it for 24 hours */
  idHeader: z
    .string()
    .regex(/^[A-Za-z0-9-]{1,80}$/, 'is the name of a header, such as X-Signature')
    .nullable()
    .default(null),
});
export type HmacScheme = z.output<typeof hmacScheme>;

/** A purpose that a form asks consent for, and the version of the text that people read there. */
const consentQuestion = z.strictObject({
  purpose: z
    .string()
    .regex(/^[a-z][a-z0-9-]{0,39}$/, 'begins with a small letter and has at most 40 small letters, digits or -, such as newsletter'),
  textVersion: z.string().min(1).max(60),
  /** path of the answer in the payload; ticked, `yes`, `true`, `on` or `1` gives consent, anything else does not */
  path: z.string().min(1).max(200),
  /** the person must confirm by a link in an e-mail before it counts */
  doubleOptIn: z.boolean(),
});
export type ConsentQuestion = z.infer<typeof consentQuestion>;

/** Everything about a source that can change after registration, as one versioned document. */
export const sourceSettings = z.strictObject({
  name: z.string().min(1).max(120),
  mapping: fieldMapping,
  /** stored as a browser writes them (`/dzi%C4%99kuj%C4%99`), so that each can be the `Location` of a response */
  redirects: z.array(z.url({ protocol: /^https?$/, normalize: true })).max(10),
  honeypot: z.string().min(1).max(60).nullable(),
  /** how a sender of the provider `generic-hmac` signs */
  signature: hmacScheme.nullable(),
  /** a form sent sooner than this after it was opened counts as filled by a robot; null: not checked */
  minimumSeconds: z.int().min(1).max(600).nullable(),
  /** whether the token of Cloudflare Turnstile in the form is verified, after the submission was stored */
  captcha: z.boolean(),
  /** submissions per minute; further ones go into quarantine; null: no limit */
  limits: z.strictObject({ source: z.int().min(1).max(10_000).nullable(), network: z.int().min(1).max(10_000).nullable() }),
  consents: z.array(consentQuestion).max(10),
  /** ISO 3166 code of the country for phone numbers without an international prefix; null: such numbers are kept as typed */
  country: z
    .string()
    .regex(/^[A-Z]{2}$/, 'is a country of two capital letters, such as DE')
    .nullable(),
});
export type SourceSettings = z.output<typeof sourceSettings>;
