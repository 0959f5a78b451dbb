import { answersOf, formOf } from './form-body.ts';
import { contentId, digestOf } from './hmac.ts';
import type { Delivery, Provider } from './provider.ts';
import { keptOf } from './record-body.ts';

const idFields = ['_id', '_nonce'];
const redirectField = '_redirect';

const valueOf = async (delivery: Delivery, names: readonly string[]): Promise<string> => {
  const form = await formOf(keptOf(delivery));
  if ('quarantine' in form) return '';
  return names.map((name) => answersOf(form.entries)[name]?.trim() ?? '').find((value) => value !== '') ?? '';
};

/** The fields in an order of their own, so that a boundary or an order that is new for each click makes no new submission. */
const canonical = async (delivery: Delivery): Promise<string | Uint8Array> => {
  const form = await formOf(keptOf(delivery));
  if ('quarantine' in form) return delivery.bytes;
  return JSON.stringify(form.entries.map((entry) => JSON.stringify(entry)).toSorted());
};

/**
 * A plain HTML form, urlencoded or multipart, posted by the browser. It signs nothing: whoever knows the address may post; a honeypot,
 * a minimum time to fill it in and a captcha are the filters. Where the page puts a fresh `_id` (or `_nonce`) into the form, that one
 * tells a second click from a second submission for good; elsewhere the same content on the same UTC day is the same submission.
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
  // A page that the form asks for and the source allows, exactly; else the first allowed one. Nothing else is ever a target.
  redirectOf: async (delivery, { redirects }) => {
    const wanted = await valueOf(delivery, [redirectField]);
    return redirects.find((allowed) => allowed === wanted) ?? redirects[0];
  },
};
