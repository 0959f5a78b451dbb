import { createHmac, randomBytes } from 'node:crypto';
import type { PersonFields } from '@meilenstein/contracts';
import type { Claim } from '@meilenstein/kernel';
import type { Parameters } from '@meilenstein/runtime';
import { personKeys } from '../domain/person-keys.ts';

/** The unique keys of a person: HMACs, so that no key of the table can be turned back into an address or a number. */
export type ClaimsOf = {
  readonly person: (
    fields: PersonFields,
    country: string | null,
  ) => { readonly email: Claim | undefined; readonly phone: Claim | undefined };
  /** a person as a sender calls it */
  readonly reference: (provider: string, reference: string) => Claim;
  /** a text that only we could have made of these parts, for links in mails */
  readonly seal: (...parts: readonly string[]) => string;
};

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
  return async (): Promise<ClaimsOf> => {
    known ??= load();
    const key = await known.catch((error: unknown) => {
      known = undefined;
      throw error;
    });
    // 160 bits: far beyond any collision, and short, because leads keep their keys.
    const hmac = (text: string): string => createHmac('sha256', key).update(text).digest('base64url').slice(0, 27);
    const claim = (text: string | undefined): Claim | undefined => (text === undefined ? undefined : { kind: 'person', value: hmac(text) });
    return {
      person: (fields, country) => {
        const { email, phone } = personKeys(fields, country);
        return { email: claim(email), phone: claim(phone) };
      },
      reference: (provider, reference) => ({ kind: 'reference', value: hmac(JSON.stringify(['reference', provider, reference])) }),
      seal: (...parts) => hmac(JSON.stringify(['seal', ...parts])),
    };
  };
};
export type PersonClaims = ReturnType<typeof personClaims>;
