import type { LeadRow, OpportunityRow } from '@meilenstein/contracts';
import { addMillis, repId, toInstant, type Instant, type RepId } from '@meilenstein/kernel';
import { euro, frank, machines, process } from './documents.ts';
import { person } from './names.ts';
import { orderValue, pick, waiting, type Random } from './random.ts';

export type History = { readonly leads: readonly LeadRow[]; readonly opportunities: readonly OpportunityRow[] };

const dayMillis = 86_400_000;
const regions = ['nord', 'ost', 'sued', 'west'] as const;
const segments = ['small', 'midsize', 'enterprise'] as const;
const typicalOrder = { small: 9_000, midsize: 27_000, enterprise: 64_000 };

/** Share of customers who go on from a milestone, and the mean days they take; the company is invented, so are these. */
const steps = [
  { goesOn: 0.86, days: 9 },
  { goesOn: 0.76, days: 16 },
  { goesOn: 0.74, days: 14 },
  { goesOn: 0.66, days: 21 },
] as const;

const owner = (random: Random): RepId => repId.parse(`rep-${pick(random, regions)}-${1 + Math.floor(random() * 6)}`);

/** Office hours in Berlin, more or less; never after `latest`. */

const moment = (from: Instant, days: number): Instant => addMillis(from, Math.round(days * dayMillis));

type Story = { readonly n: number; readonly openedAt: Instant; readonly repId: RepId; readonly leadExternalId: string | undefined };

const acts = {
  'need-named': ['said', 'call'],
  'plant-shown': ['did', 'meeting'],
  'requirements-sent': ['wrote', 'email'],
  'offer-discussed': ['said', 'video'],
} as const;

/** The rows of one opportunity: evidence by evidence until an order, a loss or today. */
const storyOf = (random: Random, story: Story, today: Instant): OpportunityRow[] => {
  const segment = pick(random, segments);
  const currency = random() < 0.12 ? frank : euro;
  const value = orderValue(random, typicalOrder[segment]);
  const amount = { amount: value.toFixed(2), currency };
  const externalId = `o-${story.n}`;
  const customer = person(random, 10_000 + story.n);
  const opportunity = { externalId };
  const rows: OpportunityRow[] = [
    {
      kind: 'opportunity',
      externalId,
      occurredAt: story.openedAt,
      processId: machines,
      account: { externalId: `a-${story.n}`, name: customer.company },
      ...(story.leadExternalId === undefined ? {} : { leadExternalId: story.leadExternalId }),
      segment,
      owner: story.repId,
      amount: random() < 0.1 ? null : amount,
    },
  ];
  let at = moment(story.openedAt, waiting(random, 4));
  for (const [position, step] of steps.entries()) {
    const milestone = process.milestones[position];
    if (milestone === undefined || at >= today) return rows;
    const [act, channel] =
      acts[
        milestone.id === 'need-named' || milestone.id === 'plant-shown' || milestone.id === 'requirements-sent'
          ? milestone.id
          : 'offer-discussed'
      ];
    rows.push({
      kind: 'evidence',
      externalId: `e-${story.n}-${position + 1}`,
      occurredAt: at,
      opportunity,
      milestoneId: milestone.id,
      act,
      channel,
      by: { party: 'customer', role: pick(random, ['Einkäuferin', 'Werkleiter', 'Geschäftsführer']) },
    });
    const goesOn = random() < step.goesOn;
    at = moment(at, waiting(random, step.days) + 0.5);
    if (at >= today) return rows;
    if (!goesOn)
      return [
        ...rows,
        {
          kind: 'loss',
          externalId: `l-${story.n}`,
          occurredAt: at,
          opportunity,
          reason: pick(random, ['price', 'competitor', 'no-decision', 'timing']),
        },
      ];
  }
  const ordered = { ...amount, amount: (Math.round(value * (0.85 + random() * 0.2)) || 1).toFixed(2) };
  rows.push({ kind: 'order', externalId: `w-${story.n}`, occurredAt: at, opportunity, amount: ordered, channel: 'contract' });
  const cancelledAt = moment(at, waiting(random, 20) + 1);
  if (random() < 0.04 && cancelledAt < today)
    rows.push({ kind: 'cancellation', externalId: `x-${story.n}`, occurredAt: cancelledAt, opportunity, reason: 'customer-withdrew' });
  return rows;
};

/** Twelve months of leads and opportunities up to `today`; the same seed and day give the same rows. */
export const history = (random: Random, today: Instant, size: { readonly leads: number; readonly opportunities: number }): History => {
  const begin = addMillis(today, -365 * dayMillis);
  const anywhere = (): Instant => addMillis(begin, Math.floor(random() * 364 * dayMillis));
  const leads: LeadRow[] = [];
  const opportunities: OpportunityRow[] = [];
  for (let n = 1; n <= size.leads; n += 1) {
    const occurredAt = anywhere();
    const { name, email, phone, company } = person(random, n);
    const convertedAt = moment(occurredAt, waiting(random, 6) + 0.2);
    const converts = random() < 0.45 && convertedAt < today;
    const rep = owner(random);
    const converted = converts ? { converted: { opportunityExternalId: `o-${n}`, occurredAt: convertedAt } } : {};
    leads.push({
      kind: 'lead',
      externalId: `p-${n}`,
      occurredAt,
      person: { name, email, phone, company, country: 'DE' },
      owner: rep,
      ...converted,
    });
    if (converts) opportunities.push(...storyOf(random, { n, openedAt: convertedAt, repId: rep, leadExternalId: `p-${n}` }, today));
  }
  for (let n = size.leads + 1; n <= size.leads + size.opportunities; n += 1)
    opportunities.push(...storyOf(random, { n, openedAt: anywhere(), repId: owner(random), leadExternalId: undefined }, today));
  return {
    leads,
    opportunities: opportunities.toSorted((a, b) => (a.occurredAt < b.occurredAt ? -1 : a.occurredAt > b.occurredAt ? 1 : 0)),
  };
};

/** The instant that a year of history ends with: the beginning of the hour, so that a second start gives the same rows within it. */
export const historyEnd = (now: Instant): Instant => toInstant(`${now.slice(0, 13)}:00:00Z`);
