import type { Item } from '@meilenstein/runtime';
import * as z from 'zod';
import type { Expected } from './form-traffic.ts';

/** What somebody was promised: the delivery was acknowledged under this id, and this must have become of it. */
export type Promised = { readonly submissionId: string; readonly sourceId: string; readonly expected: Expected };

const ids = z.looseObject({
  submissionId: z.string().nullish(),
  leadId: z.string().nullish(),
  into: z.string().nullish(),
  repId: z.string().nullish(),
  reason: z.string().nullish(),
});
const commit = z.looseObject({
  pk: z.string(),
  storedAt: z.string(),
  events: z.array(z.looseObject({ name: z.string(), data: ids })),
});

type Said = { readonly name: string; readonly subject: string; readonly day: string; readonly data: z.infer<typeof ids> };
type Outcome = 'lead' | 'quarantined' | 'rejected';

const outcomes: Readonly<Record<string, Outcome>> = {
  SubmissionCreatedLead: 'lead',
  LeadTouched: 'lead',
  SubmissionQuarantined: 'quarantined',
  SubmissionRejected: 'rejected',
};

/** A quarantined submission that mentions an erased person is purged: it was settled before. */
const isPurge = ({ name, data }: Said): boolean => name === 'SubmissionRejected' && data.reason === 'purged';

type Tally = { received: number; created: number; attached: number; quarantined: number; rejected: number };
const tallied: Readonly<Record<string, keyof Tally>> = {
  SubmissionStored: 'received',
  SubmissionCreatedLead: 'created',
  LeadTouched: 'attached',
  SubmissionQuarantined: 'quarantined',
  SubmissionRejected: 'rejected',
};

export type Audit = {
  /** each a sentence; none: everything is as it must be */
  readonly faults: readonly string[];
  readonly leads: number;
  readonly merged: number;
  readonly erased: number;
  /** how many leads each rep was given */
  readonly perRep: ReadonlyMap<string, number>;
  /** by source and day of receipt, counted from what was said of each submission */
  readonly reconciliations: ReadonlyMap<string, Tally>;
};

const add = <Key>(counts: Map<Key, number>, key: Key): void => void counts.set(key, (counts.get(key) ?? 0) + 1);

/** Submissions whose content is there, and leads of which something confidential is. */
type Kept = { readonly bodies: ReadonlySet<string>; readonly confidential: ReadonlySet<string> };

/** What was said, and what is kept beside it. */
const readingOf = (items: Iterable<Item>): { readonly said: readonly Said[]; readonly kept: Kept } => {
  const said: Said[] = [];
  const [bodies, confidential] = [new Set<string>(), new Set<string>()];
  for (const item of items) {
    const subject = item.pk.slice(item.pk.indexOf('#') + 1);
    if (item['body'] !== undefined) bodies.add(subject);
    if (item.pk.startsWith('LEAD#') && item.sk.startsWith('CONFIDENTIAL#')) confidential.add(subject);
    if (!item.sk.startsWith('COMMIT#')) continue;
    const { storedAt, events } = commit.parse(item);
    for (const { name, data } of events) said.push({ name, data, subject, day: storedAt.slice(0, 10) });
  }
  return { said, kept: { bodies, confidential } };
};

/** How many leads the people of these promises must be: one each, or two for whom nobody ever said that both keys are the same person. */
const expectedLeads = (promises: readonly Promised[]): ReadonlyMap<number, number> => {
  const ways = new Map<number, Set<string>>();
  for (const { expected } of promises)
    if (expected.outcome === 'lead') ways.set(expected.person, (ways.get(expected.person) ?? new Set()).add(expected.by));
  return new Map([...ways].map(([person, by]) => [person, by.has('both') ? 1 : by.size]));
};

const numbersOf = (said: readonly Said[], name: string, key: (one: Said) => string): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const one of said) if (one.name === name) add(counts, key(one));
  return counts;
};

/** The lead that a lead is a part of in the end. */
const finalOf = (said: readonly Said[]): ((lead: string) => string) => {
  const into = new Map(said.flatMap((one) => (one.name === 'LeadAbsorbed' ? [[one.subject, one.data.into ?? ''] as const] : [])));
  return (lead) => {
    let id = lead;
    for (let steps = 0; into.has(id) && steps < 50; steps += 1) id = into.get(id) ?? id;
    return id;
  };
};

/** Each promise is stored once and settled once, as it must be. Returns the leads of each person. */
const submissionFaults = (said: readonly Said[], promises: readonly Promised[], faults: string[]): ReadonlyMap<number, Set<string>> => {
  const stored = numbersOf(said, 'SubmissionStored', (one) => one.subject);
  const settled = Map.groupBy(
    said.filter((one) => outcomes[one.name] !== undefined && !isPurge(one)),
    (one) => one.subject,
  );
  const final = finalOf(said);
  const leadsOf = new Map<number, Set<string>>();
  for (const { submissionId, expected } of promises) {
    if (stored.get(submissionId) !== 1) faults.push(`submission ${submissionId} is stored ${stored.get(submissionId) ?? 0} times`);
    const [only, ...others] = settled.get(submissionId) ?? [];
    if (only === undefined || others.length > 0)
      faults.push(`submission ${submissionId} was settled ${only === undefined ? 0 : 1 + others.length} times`);
    else if (outcomes[only.name] !== expected.outcome)
      faults.push(`submission ${submissionId}: ${only.name}, expected ${expected.outcome}`);
    if (only !== undefined && expected.outcome === 'lead')
      leadsOf.set(expected.person, (leadsOf.get(expected.person) ?? new Set()).add(final(only.data.leadId ?? '')));
  }
  const promised = new Set(promises.map((one) => one.submissionId));
  if (promised.size !== promises.length) faults.push(`${promises.length - promised.size} deliveries were given the id of another one`);
  for (const id of stored.keys()) if (!promised.has(id)) faults.push(`submission ${id} is there and was promised to nobody`);
  return leadsOf;
};

/** Who was erased is a new person afterwards, whose address and number nobody may have named together. */
const mostAfterErasure = 2;

const personFaults = (
  leadsOf: ReadonlyMap<number, Set<string>>,
  { promises, erased }: { readonly promises: readonly Promised[]; readonly erased: ReadonlySet<string> },
  faults: string[],
): void => {
  for (const [person, count] of expectedLeads(promises)) {
    const all = [...(leadsOf.get(person) ?? [])];
    const living = all.filter((lead) => !erased.has(lead)).length;
    if (all.length === living ? living !== count : living > mostAfterErasure)
      faults.push(`person ${person} is ${living} leads besides ${all.length - living} erased ones, expected ${count}`);
  }
  const personOf = new Map<string, number>();
  for (const [person, leads] of leadsOf)
    for (const lead of leads) {
      if (personOf.has(lead)) faults.push(`lead ${lead} is two persons: ${personOf.get(lead)} and ${person}`);
      personOf.set(lead, person);
    }
};

/** Each lead is captured once, by one submission that says so, and has one owner. */
const leadFaults = (said: readonly Said[], captured: ReadonlyMap<string, number>, faults: string[]): void => {
  for (const [lead, times] of captured) if (times > 1) faults.push(`lead ${lead} was captured ${times} times`);
  for (const [id, times] of numbersOf(said, 'LeadCaptured', (one) => one.data.submissionId ?? ''))
    if (times > 1) faults.push(`submission ${id} made ${times} leads`);
  const made = said.filter((one) => one.name === 'SubmissionCreatedLead').length;
  if (captured.size !== made) faults.push(`${captured.size} leads were captured, ${made} submissions say that they made one`);
  const assigned = numbersOf(said, 'LeadAssigned', (one) => one.subject);
  for (const lead of captured.keys()) if (assigned.get(lead) !== 1) faults.push(`lead ${lead} has ${assigned.get(lead) ?? 0} owners`);
};

/** What was ordered to be erased is erased, and nothing of it is left. */
const erasureFaults = (said: readonly Said[], promised: ReadonlySet<string>, { bodies, confidential }: Kept, faults: string[]): void => {
  const erased = numbersOf(said, 'LeadErased', (one) => one.subject);
  for (const lead of promised) if (!erased.has(lead)) faults.push(`lead ${lead} was to be erased and was not`);
  for (const lead of erased.keys()) if (confidential.has(lead)) faults.push(`lead ${lead} was erased and has confidential items`);
  for (const { subject, name, data } of said)
    if (outcomes[name] === 'lead' && erased.has(data.leadId ?? '') && bodies.has(subject))
      faults.push(`submission ${subject} of the erased lead ${data.leadId} has its content`);
};

/**
 * Compares what senders were promised with what lies in the table. It shares no code with the service: it reads commits as plain
 * documents and counts.
 */
export const auditLeads = (items: Iterable<Item>, promises: readonly Promised[], toErase: ReadonlySet<string>): Audit => {
  const { said, kept } = readingOf(items);
  const faults: string[] = [];
  const erased = new Set(numbersOf(said, 'LeadErased', (one) => one.subject).keys());
  personFaults(submissionFaults(said, promises, faults), { promises, erased }, faults);
  erasureFaults(said, toErase, kept, faults);
  const captured = numbersOf(said, 'LeadCaptured', (one) => one.subject);
  leadFaults(said, captured, faults);
  const merged = numbersOf(said, 'LeadAbsorbed', (one) => one.subject).size;
  const perRep = numbersOf(said, 'LeadAssigned', (one) => one.data.repId ?? '');
  return { faults, leads: captured.size - merged, merged, erased: erased.size, perRep, reconciliations: reconciliationOf(said, promises) };
};

const reconciliationOf = (said: readonly Said[], promises: readonly Promised[]): ReadonlyMap<string, Tally> => {
  const dayOf = new Map(said.flatMap((one) => (one.name === 'SubmissionStored' ? [[one.subject, one.day] as const] : [])));
  const sourceOf = new Map(promises.map((one) => [one.submissionId, one.sourceId]));
  const reconciliations = new Map<string, Tally>();
  for (const one of said) {
    const { name, subject } = one;
    const column = tallied[name];
    if (column === undefined) continue;
    const page = `${sourceOf.get(subject) ?? 'nobody'} ${dayOf.get(subject) ?? 'never'}`;
    const tally = reconciliations.get(page) ?? { received: 0, created: 0, attached: 0, quarantined: 0, rejected: 0 };
    tally[column] += 1;
    if (isPurge(one)) tally.quarantined -= 1;
    reconciliations.set(page, tally);
  }
  return reconciliations;
};
