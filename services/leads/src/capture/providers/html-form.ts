import { answersOf, firstText, formOf } from './form-body.ts';
import { contentId, digestOf } from './hmac.ts';
import type { Delivery, Provider } from './provider.ts';
import { keptOf } from './record-body.ts';

const idFields = ['_id', '_nonce'];
const redirectField = '_redirect';

const valueOf = async (delivery: Delivery, names: readonly string[]): Promise<string> => {
  const form = await formOf(keptOf(delivery));
  if ('quarantine' in form) return '';
  return names.map((name) => firstText(form.entries, name)).find((value) => value !== '') ?? '';
};

/** An address as a browser writes it, the only way in which it can be a header; undefined if it is none. */
const normalisedUrl = (url: string): string | undefined => URL.parse(url)?.href;

/** The fields in a canonical order, so that a new multipart boundary or order for each click makes no new submission. */
const canonical = async (delivery: Delivery): Promise<string | Uint8Array> => {
  const form = await formOf(keptOf(delivery));
  if ('quarantine' in form) return delivery.bytes;
  return JSON.stringify(form.entries.map((entry) => JSON.stringify(entry)).toSorted());
};

/**
 * A plain HTML form, urlencoded or multipart, posted by the browser. It does not sign, so anyone who knows the address may post; a
 * honeypot, a minimum time to fill it in and a captcha are the filters. If the page puts a fresh `_id` (or `_nonce`) into the form, it
 * distinguishes a second click from a second submission. Otherwise the same content on the same UTC day is the same submission.
 */
export const htmlForm: Provider = {
  secret: { from: 'us', use: 'stamp' },
  isGenuine: () => true,
  parts: async (delivery, _settings, now) => {
    const own = await valueOf(delivery, idFields);
    const content = await canonical(delivery);
    return [{ id: own === '' ? contentId(content, now) : digestOf(own, content), bytes: delivery.bytes }];
  },
  read: async (kept) => {
    const form = await formOf(kept);
    return 'quarantine' in form ? form : { answers: answersOf(form.entries) };
  },
  // The page that the form asks for if the source allows exactly that one; otherwise the first allowed page. Nothing else is a target.
  redirectOf: async (delivery, { redirects }) => {
    const wanted = normalisedUrl(await valueOf(delivery, [redirectField]));
    return redirects.map(normalisedUrl).find((allowed) => allowed === wanted) ?? normalisedUrl(redirects[0] ?? '');
  },
};
