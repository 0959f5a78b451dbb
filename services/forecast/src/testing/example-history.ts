// A small invented company and its history, for the tests of this service.
import {
  calendarPublished,
  customerResponded,
  customerResponseWithdrawn,
  evidenceCorrected,
  milestoneWithdrawn,
  opportunityReopened,
  orderCorrected,
  orderPartiallyCancelled,
  opportunityAmended,
  opportunityLost,
  opportunityOpened,
  opportunityWon,
  milestoneReached,
  orderCancelled,
  processPublished,
  ratesPublished,
  repJoined,
  settingsChanged,
  teamChanged,
  type AnyEvent,
  type CompanyEnvelope,
  type Envelope,
  type EnvelopeOf,
  type PipelineEnvelope,
} from '@meilenstein/contracts';
import { addMillis, toInstant, type Instant } from '@meilenstein/kernel';

export const now = toInstant('2026-11-10T09:00:00Z');
const millisOfDay = 86_400_000;
export const daysAgo = (days: number): Instant => addMillis(now, -days * millisOfDay);

type EnvelopeHead = { readonly subject: string; readonly sequence: number; readonly at: Instant };

/** An envelope as the bus delivers it. */
export function envelopeOf<Definition extends AnyEvent>(definition: Definition, about: EnvelopeHead, data: unknown): EnvelopeOf<Definition>;
export function envelopeOf(definition: AnyEvent, { subject, sequence, at }: EnvelopeHead, data: unknown): Envelope {
  const times = { occurredAt: at, recordedAt: at, storedAt: at };
  const head = { id: `${subject}-${sequence}`, name: definition.name, version: definition.version, subject, sequence, ...times };
  return definition.parse({ ...head, origin: 'live', correlationId: 'c', causedBy: null, data });
}

const name = (text: string) => ({ de: text, en: text });
const milestones = ['need', 'offer', 'order'];

export const process = envelopeOf(
  processPublished,
  { subject: 'standard', sequence: 1, at: daysAgo(400) },
  {
    processId: 'standard',
    version: 1,
    name: name('Standard'),
    milestones: milestones.map((id) => ({ id, name: name(id), provenBy: ['said'] })),
  },
);

const member = (repId: string, teamId: string, role: string) =>
  envelopeOf(
    repJoined,
    { subject: repId, sequence: 1, at: daysAgo(500) },
    { repId, repCode: repId.toUpperCase(), role, teamId, loginSubject: `login-${repId}`, effectiveFrom: '2024-01-01' },
  );

const team = (teamId: string, manager: string) =>
  envelopeOf(
    teamChanged,
    { subject: teamId, sequence: 1, at: daysAgo(500) },
    { teamId, name: teamId, parentTeamId: null, managers: [manager], effectiveFrom: '2024-01-01' },
  );

/** Two teams of two: anna (leads north) and ben, cora (leads south) and dirk. */
export const companyHistory: readonly CompanyEnvelope[] = [
  envelopeOf(settingsChanged, { subject: 'settings', sequence: 1, at: daysAgo(500) }, { zone: 'Europe/Berlin', reportingCurrency: 'EUR' }),
  envelopeOf(
    calendarPublished,
    { subject: 'calendar', sequence: 1, at: daysAgo(500) },
    { calendar: { kind: 'months', startMonth: 1 }, effectiveFrom: '2020-01-01' },
  ),
  envelopeOf(
    ratesPublished,
    { subject: 'rates', sequence: 1, at: daysAgo(500) },
    { reportingCurrency: 'EUR', rates: [{ id: 'usd', currency: 'USD', from: '2020-01-01', value: '0.5' }] },
  ),
  team('north', 'anna'),
  team('south', 'cora'),
  member('anna', 'north', 'manager'),
  member('ben', 'north', 'rep'),
  member('cora', 'south', 'manager'),
  member('dirk', 'south', 'rep'),
];

const teamOfRep = (rep: string): string => (rep === 'anna' || rep === 'ben' ? 'north' : 'south');

/** One opportunity in short form: when it began (days ago), and after how many further days each step happened. */
export type Story = {
  readonly id: string;
  readonly rep: string;
  readonly began: number;
  readonly minor: number | null;
  readonly currency?: string;
  readonly segment?: string;
  readonly steps: readonly { readonly what: What; readonly after: number }[];
};

type What =
  | 'need'
  | 'offer'
  | 'order'
  | 'won'
  | 'lost'
  | 'cancelled'
  | 'moved'
  | 'responded'
  | 'response-withdrawn'
  | 'need-withdrawn'
  | 'offer-withdrawn'
  | 'need-corrected'
  | 'reopened'
  | 'order-reopened'
  | 'corrected'
  | 'partly-cancelled';

const dimensions = (story: Story, rep: string, at: Instant) => ({
  opportunityId: story.id,
  processId: 'standard',
  processVersion: 1,
  account: { id: 'acme', name: 'Acme' },
  leadId: null,
  sourceId: null,
  segment: story.segment ?? null,
  repId: rep,
  teamId: teamOfRep(rep),
  openedAt: at,
  amount: story.minor === null ? null : { minor: story.minor, currency: story.currency ?? 'EUR' },
});

const orderOf = (story: Story, rep: string, at: Instant) => {
  const minor = story.minor ?? 100_000;
  const amount = { minor, currency: 'EUR' };
  return {
    ...dimensions(story, rep, at),
    orderId: `${story.id}-1`,
    amount,
    rate: { id: 'eur', date: '2026-01-01', value: '1' },
    reportingAmount: amount,
    orderedAt: at,
  };
};

const other = (rep: string): string => (rep === 'dirk' ? 'anna' : 'dirk');

const by = { recordedBy: null };
const putRight = { reason: 'wrong-entry', ...by };

const stepEvent = (story: Story, rep: string, about: EnvelopeHead, what: Story['steps'][number]['what']): PipelineEnvelope => {
  const given = dimensions(story, rep, about.at);
  switch (what) {
    case 'won':
      return envelopeOf(opportunityWon, about, orderOf(story, rep, about.at));
    case 'cancelled':
      return envelopeOf(orderCancelled, about, { ...orderOf(story, rep, about.at), cancelledAt: about.at, reason: 'other' });
    case 'lost':
      return envelopeOf(opportunityLost, about, { ...given, reason: 'price', lastMilestoneId: null });
    case 'responded':
      return envelopeOf(customerResponded, about, {
        ...given,
        responseId: 'r1',
        kind: 'asked',
        channel: 'call',
        partyRole: 'buyer',
        ...by,
      });
    case 'response-withdrawn':
      return envelopeOf(customerResponseWithdrawn, about, { ...given, responseId: 'r1', ...putRight });
    case 'need-withdrawn':
    case 'offer-withdrawn': {
      const milestoneId = what === 'need-withdrawn' ? 'need' : 'offer';
      return envelopeOf(milestoneWithdrawn, about, { ...given, milestoneId, position: milestones.indexOf(milestoneId) + 1, ...putRight });
    }
    case 'need-corrected': {
      const evidence = { act: 'said', channel: 'call', partyRole: 'buyer', occurredAt: about.at };
      const corrected = { before: evidence, after: { ...evidence, act: 'wrote' } };
      return envelopeOf(evidenceCorrected, about, { ...given, milestoneId: 'need', position: 1, ...corrected, ...putRight });
    }
    case 'reopened':
      return envelopeOf(opportunityReopened, about, { ...given, previous: 'lost', orderMilestoneId: null, reason: 'other', ...by });
    case 'order-reopened':
      return envelopeOf(opportunityReopened, about, { ...given, previous: 'cancelled', orderMilestoneId: 'order', reason: 'other', ...by });
    case 'corrected': {
      const { orderId, orderedAt, rate, amount } = orderOf(story, rep, about.at);
      const right = { minor: amount.minor / 10, currency: 'EUR' };
      const previous = { amount, reportingAmount: amount, rate, orderedAt, teamId: given.teamId };
      const order = { orderId, orderedAt, rate, amount: right, reportingAmount: right };
      return envelopeOf(orderCorrected, about, { ...given, ...order, previous, ...putRight });
    }
    case 'partly-cancelled': {
      const order = orderOf(story, rep, about.at);
      const half = { minor: order.amount.minor / 2, currency: 'EUR' };
      const amounts = { amount: half, reportingAmount: half, cancelled: { amount: half, reportingAmount: half } };
      return envelopeOf(orderPartiallyCancelled, about, { ...order, ...amounts, cancelledAt: about.at, reason: 'other' });
    }
    case 'moved': {
      const before = { amount: given.amount, segment: given.segment, repId: rep, teamId: teamOfRep(rep) };
      const after = { ...before, repId: other(rep), teamId: teamOfRep(other(rep)) };
      return envelopeOf(opportunityAmended, about, { opportunityId: story.id, processId: 'standard', before, after });
    }
    default:
      return envelopeOf(milestoneReached, about, {
        ...given,
        milestoneId: what,
        position: milestones.indexOf(what) + 1,
        act: 'said',
        channel: 'call',
        partyRole: 'buyer',
        recordedBy: null,
      });
  }
};

/** The events of a story, in order. */
export const eventsOf = (story: Story): readonly PipelineEnvelope[] => {
  let at = daysAgo(story.began);
  let { rep } = story;
  const opened = envelopeOf(opportunityOpened, { subject: story.id, sequence: 1, at }, dimensions(story, rep, at));
  const later = story.steps.map(({ what, after }, index) => {
    at = addMillis(at, after * millisOfDay);
    const event = stepEvent(story, rep, { subject: story.id, sequence: index + 2, at }, what);
    if (what === 'moved') rep = other(rep);
    return event;
  });
  return [opened, ...later];
};

const reps = ['anna', 'ben', 'cora', 'dirk'];

/** `count` ended opportunities over the last year: three of five won, with different amounts and speeds, and some still open. */
export const yearOfStories = (count: number): readonly Story[] =>
  Array.from({ length: count }, (_, n): Story => {
    const rep = reps[n % reps.length] ?? 'anna';
    const began = 360 - Math.floor((n * 355) / count);
    const pace = 2 + (n % 7);
    const steps = [
      { what: 'need', after: pace },
      { what: 'offer', after: pace * 2 },
      { what: n % 5 < 3 ? 'won' : 'lost', after: pace },
    ] as const;
    const reached = steps.filter((_step, i) => steps.slice(0, i + 1).reduce((sum, step) => sum + step.after, 0) <= began);
    return {
      id: `o${n}`,
      rep,
      began,
      segment: n % 3 === 0 ? 'large' : 'small',
      minor: n % 6 === 0 && reached.length < 3 ? null : 100_000 + n * 1_000,
      steps: reached,
    };
  });
