import { createHmac, randomBytes } from 'node:crypto';
import type { PersonFields } from '@meilenstein/contracts';
import type { Claim } from '@meilenstein/kernel';
import type { Parameters } from '@meilenstein/runtime';
import { personIdentity } from '../domain/person.ts';

/** The unique key of a person: an HMAC of the identity, so that no key of the table can be turned back into an address. */
export type PersonOf = (fields: PersonFields) => Claim | undefined;

/**
 * The key of the HMAC belongs to the deployment and lies in the Parameter Store. The first function that needs it makes it; the
 * store takes only one, so that a race ends with the same key for all. It must never change: every person would become a stranger.
 */
export const personClaims = (parameters: Parameters, name: () => string) => {
  let known: Promise<string> | undefined;
  const load = async (): Promise<string> => {
    const there = await parameters.get(name());
    if (there !== undefined) return there;
    const made = randomBytes(32).toString('base64');
    if (await parameters.putNew(name(), made)) return made;
    const others = await parameters.get(name());
    if (others === undefined) throw new Error(`${name()}: exists, but cannot be read yet`);
    return others;
  };
  return async (): Promise<PersonOf> => {
    known ??= load();
    const key = await known.catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    return (fields) => {
      const identity = personIdentity(fields);
      return identity === undefined ? undefined : { kind: 'person', value: createHmac('sha256', key).update(identity).digest('hex') };
    };
  };
};
export type PersonClaims = ReturnType<typeof personClaims>;
