// A company as large as the forecast is built for, invented from a seed, as its events.
import {
  calendarPublished,
  milestoneReached,
  opportunityLost,
  opportunityOpened,
  opportunityWon,
  processPublished,
  repEstimateImported,
  repJoined,
  settingsChanged,
  teamChanged,
  type CompanyEnvelope,
  type PipelineEnvelope,
  type RepEstimateEnvelope,
} from '@meilenstein/contracts';
import { envelopeOf } from '@meilenstein/forecast/testing/example-history';
import { addMillis, toInstant, type Instant } from '@meilenstein/kernel';
import { seeded } from '../backtest/known-truth.ts';

export const now = toInstant('2026-11-10T09:00:00Z');
const day = 86_400_000;
const daysAgo = (days: number): Instant => addMillis(now, -Math.round(days * day));

export type CompanySize = {
  readonly open: number;
  readonly ended: number;
  readonly reps: number;
  readonly teams: number;
  readonly segments: number;
};

const name = (text: string) => ({ de: text, en: text });
const steps = ['m1', 'm2', 'm3', 'm4', 'm5', 'order'];

export const process = envelopeOf(
  processPublished,
  { subject: 'standard', sequence: 1, at: daysAgo(1200) },
  {
    processId: 'standard',
    version: 1,
    name: name('Standard'),
    milestones: steps.map((id) => ({ id, name: name(id), provenBy: ['said'] })),
  },
);

const teamOf = (rep: number, { teams }: CompanySize): string => `team-${rep % teams}`;

/** Settings, calendar, teams and reps. */
export const organisationOf = (size: CompanySize): readonly CompanyEnvelope[] => {
  const at = daysAgo(1300);
  return [
    envelopeOf(settingsChanged, { subject: 'settings', sequence: 1, at }, { zone: 'Europe/Berlin', reportingCurrency: 'EUR' }),
    envelopeOf(
      calendarPublished,
      { subject: 'calendar', sequence: 1, at },
      { calendar: { kind: 'months', startMonth: 1 }, effectiveFrom: '2020-01-01' },
    ),
    ...Array.from({ length: size.teams }, (_, n) =>
      envelopeOf(
        teamChanged,
        { subject: `team-${n}`, sequence: 1, at },
        { teamId: `team-${n}`, name: `Team ${n}`, parentTeamId: null, managers: [`rep-${n}`], effectiveFrom: '2020-01-01' },
      ),
    ),
    ...Array.from({ length: size.reps }, (_, n) =>
      envelopeOf(
        repJoined,
        { subject: `rep-${n}`, sequence: 1, at },
        {
          repId: `rep-${n}`,
          repCode: `R${n}`,
          role: 'rep',
          teamId: teamOf(n, size),
          loginSubject: `login-${n}`,
          effectiveFrom: '2020-01-01',
        },
      ),
    ),
  ];
};

export type LargeOpportunity = { readonly events: readonly PipelineEnvelope[]; readonly estimate: RepEstimateEnvelope };

const dimensionsOf = (id: string, rep: number, size: CompanySize, about: { openedAt: Instant; minor: number | null; segment: number }) => ({
  opportunityId: id,
  processId: 'standard',
  processVersion: 1,
  account: { id: `account-${id}`, name: `Account ${id}` },
  leadId: null,
  sourceId: null,
  segment: `segment-${about.segment}`,
  repId: `rep-${rep}`,
  teamId: teamOf(rep, size),
  openedAt: about.openedAt,
  amount: about.minor === null ? null : { minor: about.minor, currency: 'EUR' },
});

/** One opportunity: opened, up to five milestones some weeks apart, and where it is over an order or a loss. */
const opportunityOf = (id: string, isOpen: boolean, size: CompanySize, random: () => number): LargeOpportunity => {
  const began = isOpen ? random() * 220 : 130 + random() * 960;
  const rep = Math.floor(random() * size.reps);
  const minor = random() < 0.1 ? null : Math.round(50_000 * Math.exp(2 * random()));
  const given = dimensionsOf(id, rep, size, { openedAt: daysAgo(began), minor, segment: Math.floor(random() * size.segments) });
  const events: PipelineEnvelope[] = [envelopeOf(opportunityOpened, { subject: id, sequence: 1, at: daysAgo(began) }, given)];
  const reached = Math.floor(random() * 6);
  let ago = began;
  for (let n = 0; n < reached; n += 1) {
    ago -= random() * 20;
    if (ago <= 0) break;
    const milestone = { milestoneId: steps[n], position: n + 1, act: 'said', channel: 'call', partyRole: 'buyer', recordedBy: null };
    events.push(envelopeOf(milestoneReached, { subject: id, sequence: events.length + 1, at: daysAgo(ago) }, { ...given, ...milestone }));
  }
  const estimate = envelopeOf(
    repEstimateImported,
    { subject: id, sequence: 90, at: daysAgo(began) },
    { opportunityId: id, processId: 'standard', percent: Math.floor(random() * 100), closesOn: daysAgo(began - 60).slice(0, 10) },
  );
  if (isOpen) return { events, estimate };
  const at = daysAgo(Math.max(0.1, ago - random() * 20));
  const about = { subject: id, sequence: events.length + 1, at };
  const amount = { minor: minor ?? 100_000, currency: 'EUR' };
  const order = {
    ...given,
    orderId: `${id}-1`,
    amount,
    rate: { id: 'eur', date: '2026-01-01', value: '1' },
    reportingAmount: amount,
    orderedAt: at,
  };
  events.push(
    random() < 0.4
      ? envelopeOf(opportunityWon, about, order)
      : envelopeOf(opportunityLost, about, { ...given, reason: 'price', lastMilestoneId: null }),
  );
  return { events, estimate };
};

/** All opportunities, one after the other. */
export function* opportunitiesOf(size: CompanySize): Generator<LargeOpportunity> {
  const random = seeded(2026);
  for (let n = 0; n < size.open + size.ended; n += 1) yield opportunityOf(`o${n}`, n < size.open, size, random);
}
