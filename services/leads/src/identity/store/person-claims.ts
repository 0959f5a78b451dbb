import { createHash, createHmac, randomBytes } from 'node:crypto';
import type { PersonFields } from '@meilenstein/contracts';
import type { Claim } from '@meilenstein/kernel';
import { putIfAbsent, type Parameters, type WritableTable } from '@meilenstein/runtime';
import * as z from 'zod';
import { personKeys } from '../domain/person-keys.ts';
import { personKeyFingerprintKey } from '../../keys.ts';

/** The unique keys of a person: HMACs, so that no key of the table can be turned back into an address or a number. */
export type ClaimsOf = {
  readonly person: (
    fields: PersonFields,
    country: string | null,
  ) => { readonly email: Claim | undefined; readonly phone: Claim | undefined };
  /** the key of a person who shares a contact with others: of the contact together with the name */
  readonly named: (contact: Claim, name: string) => Claim;
  /** the key of a person by the reference that a sender uses */
  readonly reference: (provider: string, reference: string) => Claim;
  /** a contact as quarantined submissions that mention it are indexed */
  readonly mention: (contact: string) => string;
  /** a seal over these parts that only this service can make, for links in e-mails */
  readonly seal: (...parts: readonly string[]) => string;
};

const fingerprintItem = z.looseObject({ fingerprint: z.string() });
const fingerprintOf = (secret: string): string => createHash('sha256').update(`person key ${secret}`).digest('hex');

/**
 * The secret of the HMAC belongs to the deployment and is in the Parameter Store. The first function that needs it creates it; only one
 * can be stored, so a race ends with the same secret for all. It must never change: no person would be recognised any more. So the table
 * keeps its fingerprint, and where the secret is lost or another one, everything that needs it fails until it is restored.
 */
export const personClaims = (machinery: WritableTable, parameters: Parameters, name: () => string) => {
  // The secret itself and not the promise of it: whoever is ended while it loads would leave a promise that nobody keeps.
  let cached: string | undefined;
  const load = async (): Promise<string> => {
    const known = fingerprintItem.safeParse(await machinery.table.get(personKeyFingerprintKey)).data?.fingerprint;
    const secret = (await parameters.get(name())) ?? (known === undefined ? await create() : undefined);
    if (secret === undefined) throw new Error(`${name()}: the secret that persons are recognised by is missing; restore it`);
    if (known === undefined) {
      // A deployment that is older than the fingerprint keeps the secret that it has.
      const isFirst = await putIfAbsent(machinery, { ...personKeyFingerprintKey, fingerprint: fingerprintOf(secret) });
      return isFirst ? secret : load();
    }
    if (known !== fingerprintOf(secret))
      throw new Error(`${name()}: another secret than the one that persons were recognised by; restore that one`);
    return secret;
  };
  const create = async (): Promise<string> => {
    const created = randomBytes(32).toString('base64');
    if (await parameters.putNew(name(), created)) return created;
    const concurrent = await parameters.get(name());
    if (concurrent === undefined) throw new Error(`${name()}: exists, but cannot be read yet`);
    return concurrent;
  };
  return async (): Promise<ClaimsOf> => {
    const key = cached ?? (await load());
    cached = key;
    // 160 bits: far beyond any collision, and short, because leads keep their keys.
    const hmac = (text: string): string => createHmac('sha256', key).update(text).digest('base64url').slice(0, 27);
    const claim = (text: string | undefined): Claim | undefined => (text === undefined ? undefined : { kind: 'person', value: hmac(text) });
    return {
      person: (fields, country) => {
        const { email, phone } = personKeys(fields, country);
        return { email: claim(email), phone: claim(phone) };
      },
      named: ({ value }, name) => ({ kind: 'person', value: hmac(JSON.stringify(['named', value, name])) }),
      reference: (provider, reference) => ({ kind: 'reference', value: hmac(JSON.stringify(['reference', provider, reference])) }),
      mention: (contact) => hmac(JSON.stringify(['mention', contact])),
      seal: (...parts) => hmac(JSON.stringify(['seal', ...parts])),
    };
  };
};
export type PersonClaims = ReturnType<typeof personClaims>;
