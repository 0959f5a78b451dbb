import { pick, seeded, type Random } from '@meilenstein/demo/company/random';

/** What must become of a delivery, said before it is sent: by whoever sends it, who knows nothing of how leads are made. */
export type Expected =
  | { readonly outcome: 'lead'; readonly person: number; readonly by: 'email' | 'phone' | 'both' }
  | { readonly outcome: 'quarantined' }
  | { readonly outcome: 'rejected' };

export type Delivery = {
  /** the same for the same seed and number */
  readonly id: string;
  readonly form: 'webhook' | 'page';
  readonly body: Readonly<Record<string, string>> | string;
  readonly expected: Expected;
};

const emailOf = (random: Random, person: number): string =>
  pick(random, [
    `person.${person}@firm-${person % 97}.example`,
    `  Person.${person}@Firm-${person % 97}.Example `,
    `PERSON.${person}@FIRM-${person % 97}.EXAMPLE`,
  ]);

const phoneOf = (random: Random, person: number): string => {
  const local = String(1_000_000 + person);
  return pick(random, [`+49 30 ${local}`, `0049 30 ${local}`, `030/${local}`, `(030) ${local.slice(0, 3)} ${local.slice(3)}`]);
};

const lead = (random: Random, person: number): Pick<Delivery, 'body' | 'expected'> => {
  const by = pick<'email' | 'phone' | 'both'>(random, ['email', 'email', 'phone', 'both']);
  const body = {
    ...(by === 'phone' ? {} : { email: emailOf(random, person) }),
    ...(by === 'email' ? {} : { phone: phoneOf(random, person) }),
    name: `Person ${person}`,
    company: `Firm ${person % 97}`,
    message: `Question ${Math.floor(random() * 1000)}`,
  };
  return { body, expected: { outcome: 'lead', person, by } };
};

/** Delivery number `n` of a seed: mostly people, some of them again and again; now and then nobody, nonsense or a robot. */
export const deliveryOf = (seed: number, n: number, people: number): Delivery => {
  const random = seeded(Math.imul(seed, 0x9e3779b1) ^ Math.imul(n + 1, 0x85ebca6b));
  const form = pick<Delivery['form']>(random, ['webhook', 'page']);
  const id = `delivery-${n}`;
  const kind = random();
  if (kind < 0.03) return { id, form, body: { message: `Nobody ${n}` }, expected: { outcome: 'quarantined' } };
  if (kind < 0.05 && form === 'webhook') return { id, form, body: `{"broken": ${n}`, expected: { outcome: 'quarantined' } };
  const { body, expected } = lead(random, Math.floor(random() * people));
  if (kind > 0.98 && form === 'page')
    return { id, form, body: { ...Object(body), website: 'https://buy.example' }, expected: { outcome: 'quarantined' } };
  // Only a signed sender proves that an address and a number are one person's: what both come in by, people can be counted by.
  const isProof = expected.outcome === 'lead' && expected.by === 'both';
  return { id, form: isProof ? 'webhook' : form, body, expected };
};
