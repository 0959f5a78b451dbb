import { hash, randomBytes } from 'node:crypto';
import { accountId, normalisedCompany, type AccountId } from '@meilenstein/kernel';

const alphabet = '0123456789abcdefghjkmnpqrstvwxyz';

const base32 = (bytes: Uint8Array, length: number): string => {
  let bits = 0;
  let held = 0;
  let text = '';
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && text.length < length) {
      bits -= 5;
      text += alphabet[(held >> bits) & 31];
      held &= (1 << bits) - 1;
    }
  }
  return text;
};

/** New ids: 26 characters, lower case, without look-alikes. */
export type Ids = { readonly next: () => string };

/** 128 random bits. */
export const randomIds: Ids = { next: () => base32(randomBytes(17), 26) };

/** Always the same id for the same parts (SHA-256, 130 bits): ids of imports, deliveries and repeated requests need no look-up. */
export const deriveId = (...parts: readonly string[]): string => base32(hash('sha256', JSON.stringify(parts), 'buffer'), 26);

/** The account of a company by its name: whoever names it, in a form or by hand, means the same account. */
export const companyAccountId = (name: string): AccountId => accountId.parse(deriveId('account', normalisedCompany(name)));
