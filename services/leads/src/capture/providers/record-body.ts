import { contentId, digestOf } from './hmac.ts';
import { jsonRecordOf, type Json } from './json-body.ts';
import type { Delivery, Kept, Part, Provider, Reading } from './provider.ts';

type Fields = Readonly<Record<string, unknown>>;

/** The names and values in a body, or the reason for quarantine. */
type BodyOf = (kept: Kept) => Promise<Json>;

export const keptOf = ({ bytes, headers }: Delivery): Kept => ({ bytes, contentType: headers['content-type'] ?? '' });

/** For senders that deliver JSON, whatever its content type. */
export const jsonBody: BodyOf = async (kept) => jsonRecordOf(kept);

/** A document that is written again, and in UTF-8, whatever charset the delivery had. */
export const jsonPart = (content: unknown): Kept => ({ bytes: Buffer.from(JSON.stringify(content)), contentType: 'application/json' });

/** For senders that use the names of the form fields. */
export const asReceived = (answers: Fields): Reading => ({ answers });

/** Reads a body; one that cannot be read is quarantined with the reason. */
export const readWith =
  (bodyOf: BodyOf, read: (fields: Fields) => Reading): Provider['read'] =>
  async (kept) => {
    const body = await bodyOf(kept);
    return 'quarantine' in body ? body : read(body.record);
  };

/** One submission per delivery, identified by the name that the sender gave it, or by its content if it has none. */
export const partNamed =
  (bodyOf: BodyOf, nameOf: (fields: Fields) => string): Provider['parts'] =>
  async (delivery, _settings, now) => {
    const body = await bodyOf(keptOf(delivery));
    const name = 'quarantine' in body ? '' : nameOf(body.record);
    return [{ id: name === '' ? contentId(delivery.bytes, now) : name, bytes: delivery.bytes }];
  };

/**
 * The same for senders with user-defined field names: a field that happens to be named like an id must not make two submissions one, so
 * the content is part of the id.
 */
export const partNamedWithContent =
  (bodyOf: BodyOf, nameOf: (fields: Fields) => string): Provider['parts'] =>
  async (delivery, settings, now) => {
    const named = partNamed(bodyOf, (fields) => (nameOf(fields) === '' ? '' : digestOf(nameOf(fields), delivery.bytes)));
    return named(delivery, settings, now);
  };

/**
 * A delivery about something other than a person. Only an event that its sender is known to have is no lead; of any other name, and without
 * one, we can only guess, so a person decides.
 */
export const otherEvent = (name: string, known: RegExp): Reading =>
  known.test(name) ? { reject: 'event-not-a-lead' } : { quarantine: 'event-unknown' };

/** More than any sender puts into one delivery; Meta puts up to 1,000. */
const maxParts = 1000;

/** Why a stored batch that was not split cannot be read; undefined for one of its items. */
export const batchFault = (items: readonly unknown[]): string | undefined => (items.length > 1 ? 'batch-too-large' : undefined);

/** One submission for each item of a batch; a body that cannot be split, or has too many items, stays one submission. */
export const partsOfBatch = (
  batch: readonly { readonly id: string; readonly content: unknown }[],
  { bytes }: Delivery,
  now: Parameters<Provider['parts']>[2],
): readonly Part[] => {
  if (batch.length === 0 || batch.length > maxParts) return [{ id: contentId(bytes, now), bytes }];
  return batch.map(({ id, content }) => {
    const { bytes: one, contentType } = jsonPart(content);
    return { id: id === '' ? contentId(one, now) : id, bytes: one, contentType };
  });
};
