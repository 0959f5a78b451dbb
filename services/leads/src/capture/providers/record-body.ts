import { contentId, digestOf } from './hmac.ts';
import { jsonRecordOf, type Json } from './json-body.ts';
import type { Delivery, Kept, Part, Provider, Reading } from './provider.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The names and values that a body holds, or why there are none. */
type BodyOf = (kept: Kept) => Promise<Json>;

export const keptOf = ({ bytes, headers }: Delivery): Kept => ({ bytes, contentType: headers['content-type'] ?? '' });

/** For senders that deliver JSON, whatever content type they give. */
export const jsonBody: BodyOf = async ({ bytes }) => jsonRecordOf(bytes);

/** For senders whose names are those of the form's own fields. */
export const asReceived = (answers: Fields): Reading => ({ answers });

/** Reads what a body holds; what cannot be read goes into quarantine with its reason. */
export const readWith =
  (bodyOf: BodyOf, read: (fields: Fields) => Reading): Provider['read'] =>
  async (kept) => {
    const body = await bodyOf(kept);
    return 'quarantine' in body ? body : read(body.record);
  };

/** One submission a delivery, by the name that the sender gave it; by its content where it has none. */
export const partNamed =
  (bodyOf: BodyOf, nameOf: (fields: Fields) => string): Provider['parts'] =>
  async (delivery, _settings, now) => {
    const body = await bodyOf(keptOf(delivery));
    const name = 'quarantine' in body ? '' : nameOf(body.record);
    return [{ id: name === '' ? contentId(delivery.bytes, now) : name, bytes: delivery.bytes }];
  };

/**
 * The same for senders whose fields somebody named: a field that happens to be called like an id must not make one submission of two,
 * so the content belongs to the name.
 */
export const partNamedWithContent =
  (bodyOf: BodyOf, nameOf: (fields: Fields) => string): Provider['parts'] =>
  async (delivery, settings, now) => {
    const named = partNamed(bodyOf, (fields) => (nameOf(fields) === '' ? '' : digestOf(nameOf(fields), delivery.bytes)));
    return named(delivery, settings, now);
  };

/** One submission for each of a batch; a body that cannot be taken apart stays in one piece. */
export const partsOfBatch = (
  batch: readonly { readonly id: string; readonly content: unknown }[],
  { bytes }: Delivery,
  now: Parameters<Provider['parts']>[2],
): readonly Part[] => {
  if (batch.length === 0) return [{ id: contentId(bytes, now), bytes }];
  return batch.map(({ id, content }) => {
    const one = Buffer.from(JSON.stringify(content));
    return { id: id === '' ? contentId(one, now) : id, bytes: one };
  });
};
