import {
  creditGranted,
  leadAbsorbed,
  leadAnswered,
  leadAssigned,
  leadReplied,
  leadCaptured,
  leadConverted,
  leadDisqualified,
  leadQualified,
  leadRequalified,
  leadRestored,
  leadTouched,
  leadUnassigned,
  leadServiceLevelPaused,
  volumeCommitted,
  milestoneReached,
  milestoneWithdrawn,
  opportunityLost,
  opportunityOpened,
  opportunityReopened,
  opportunityWon,
  orderCancelled,
  orderCorrected,
  orderPartiallyCancelled,
  leadServiceLevelStarted,
  targetsSet,
  type ReportedEnvelope,
} from '@meilenstein/contracts';

type About = { readonly at?: string; readonly recordedAt?: string; readonly repId?: string; readonly teamId?: string };

const head = (id: string, sequence: number, { at = '2026-03-03T10:00:00.000Z', recordedAt = at }: About) => ({
  id: `${id}-${sequence}`,
  version: 1,
  subject: id,
  sequence,
  occurredAt: at,
  recordedAt,
  storedAt: recordedAt,
  origin: 'live',
  correlationId: 'c',
  causedBy: null,
});
const owner = ({ repId = 'ann', teamId = 'north' }: About) => ({ repId, teamId });
const dimensions = (id: string, about: About) => ({
  opportunityId: id,
  processId: 'p',
  processVersion: 1,
  account: { id: 'a', name: null },
  leadId: null,
  sourceId: null,
  segment: null,
  openedAt: '2026-02-01T00:00:00.000Z',
  amount: null,
  ...owner(about),
});
const order = (id: string, minor: number, about: About) => {
  const amount = { minor, currency: 'EUR' };
  return {
    ...dimensions(id, about),
    orderId: `${id}-1`,
    amount,
    reportingAmount: amount,
    rate: { id: 'r', date: '2026-03-03', value: '1' },
    orderedAt: about.at ?? '2026-03-03T10:00:00.000Z',
  };
};

/** Events for tests; by default on Tuesday 2026-03-03, with ann of the north as owner. */
export const captureLead = (id: string, about: About = {}): ReportedEnvelope =>
  leadCaptured.parse({
    ...head(id, 1, about),
    name: 'LeadCaptured',
    data: { leadId: id, sourceId: 's', submissionId: null, account: null, country: null },
  });
export const assignLead = (id: string, about: About & { readonly sequence?: number } = {}): ReportedEnvelope =>
  leadAssigned.parse({
    ...head(id, about.sequence ?? 2, about),
    name: 'LeadAssigned',
    data: { leadId: id, ...owner(about), reason: 'rotation', candidates: 2 },
  });
export const unassignLead = (id: string, about: About & { readonly sequence: number }): ReportedEnvelope =>
  leadUnassigned.parse({
    ...head(id, about.sequence, about),
    name: 'LeadUnassigned',
    data: { leadId: id, ...owner(about), reason: 'not-answered' },
  });
export const convertLead = (id: string, about: About = {}): ReportedEnvelope =>
  leadConverted.parse({
    ...head(id, 3, about),
    name: 'LeadConverted',
    data: {
      leadId: id,
      opportunityId: `o-${id}`,
      processId: null,
      sourceId: 's',
      account: { id: 'a', name: null },
      ...owner(about),
      capturedAt: '2026-03-03T10:00:00.000Z',
    },
  });
export const touchLead = (id: string, about: About = {}): ReportedEnvelope =>
  leadTouched.parse({ ...head(id, 2, about), name: 'LeadTouched', data: { submissionId: id, sourceId: 's', leadId: 'l' } });
export const reachMilestone = (id: string, milestoneId: string, position: number, about: About = {}): ReportedEnvelope =>
  milestoneReached.parse({
    ...head(id, 1 + position, about),
    name: 'MilestoneReached',
    data: { ...dimensions(id, about), milestoneId, position, act: 'said', channel: 'call', partyRole: 'buyer', recordedBy: null },
  });
export const openOpportunity = (id: string, about: About = {}): ReportedEnvelope =>
  opportunityOpened.parse({ ...head(id, 1, about), name: 'OpportunityOpened', data: dimensions(id, about) });
export const winOrder = (id: string, minor: number, about: About = {}): ReportedEnvelope =>
  opportunityWon.parse({ ...head(id, 8, about), name: 'OpportunityWon', data: order(id, minor, about) });
export const loseOpportunity = (id: string, about: About = {}): ReportedEnvelope =>
  opportunityLost.parse({
    ...head(id, 8, about),
    name: 'OpportunityLost',
    data: { ...dimensions(id, about), reason: 'price', lastMilestoneId: null },
  });
export const cancelOrder = (id: string, minor: number, about: About & { readonly at: string }): ReportedEnvelope =>
  orderCancelled.parse({
    ...head(id, 9, about),
    name: 'OrderCancelled',
    data: { ...order(id, minor, {}), cancelledAt: about.at, reason: 'not-paid' },
  });
const putRight = { reason: 'wrong-entry', recordedBy: null };
export const withdrawMilestone = (id: string, milestoneId: string, position: number, about: About = {}): ReportedEnvelope =>
  milestoneWithdrawn.parse({
    ...head(id, 6, about),
    name: 'MilestoneWithdrawn',
    data: { ...dimensions(id, about), milestoneId, position, ...putRight },
  });
export const reopenLost = (id: string, about: About = {}): ReportedEnvelope =>
  opportunityReopened.parse({
    ...head(id, 9, about),
    name: 'OpportunityReopened',
    data: { ...dimensions(id, about), previous: 'lost', orderMilestoneId: null, reason: 'other', recordedBy: null },
  });
export const reopenCancelled = (id: string, about: About = {}): ReportedEnvelope =>
  opportunityReopened.parse({
    ...head(id, 10, about),
    name: 'OpportunityReopened',
    data: { ...dimensions(id, about), previous: 'cancelled', orderMilestoneId: 'order', reason: 'other', recordedBy: null },
  });
/** The order of `before` minor units is one of `minor`, for the team of `about`. */
export const correctOrder = (
  id: string,
  before: number,
  minor: number,
  about: About & { readonly previousTeam?: string } = {},
): ReportedEnvelope => {
  const { amount, reportingAmount, rate, orderedAt } = order(id, before, {});
  const previous = { amount, reportingAmount, rate, orderedAt, teamId: about.previousTeam ?? about.teamId ?? 'north' };
  return orderCorrected.parse({
    ...head(id, 9, about),
    name: 'OrderCorrected',
    data: { ...order(id, minor, about), orderedAt, previous, ...putRight },
  });
};
export const cancelPart = (id: string, left: number, part: number, about: About & { readonly at: string }): ReportedEnvelope => {
  const cancelled = { minor: part, currency: 'EUR' };
  return orderPartiallyCancelled.parse({
    ...head(id, 9, about),
    name: 'OrderPartiallyCancelled',
    data: {
      ...order(id, left, about),
      cancelled: { amount: cancelled, reportingAmount: cancelled },
      cancelledAt: about.at,
      reason: 'not-paid',
    },
  });
};
export const grantCredit = (id: string, minor: number, about: About = {}): ReportedEnvelope =>
  creditGranted.parse({
    ...head(`credit-${id}`, 1, about),
    name: 'CreditGranted',
    data: {
      creditId: `credit-${id}`,
      orderId: id,
      opportunityId: id,
      ...owner(about),
      kind: 'revenue',
      share: '100',
      amount: { minor, currency: 'EUR' },
      orderedAt: about.at ?? '2026-03-03T10:00:00.000Z',
      creditDay: (about.at ?? '2026-03-03').slice(0, 10),
    },
  });
export const setTarget = (
  level: 'company' | 'team' | 'rep',
  key: string,
  monthly: number,
  { at = '2026-01-02T00:00:00.000Z', version = 1 } = {},
): ReportedEnvelope =>
  targetsSet.parse({
    ...head(`target-${level}-${key}`, version, { at }),
    name: 'TargetsSet',
    data: {
      planId: 'p',
      planVersion: version,
      node: { level, key },
      measure: 'revenue',
      fiscalYear: 2026,
      currency: 'EUR',
      effectiveFrom: '2026-01-01',
      months: Array.from({ length: 12 }, () => monthly),
    },
  });

/** The lead is disqualified, and may be requalified later. */
export const disqualifyLead = (id: string, about: About & { readonly sequence?: number } = {}): ReportedEnvelope =>
  leadDisqualified.parse({
    ...head(id, about.sequence ?? 8, about),
    name: 'LeadDisqualified',
    data: { leadId: id, sourceId: 's', capturedAt: '2026-03-03T10:00:00.000Z', ...owner(about), reason: 'no-need', reached: null },
  });
export const requalifyLead = (id: string, about: About & { readonly sequence?: number } = {}): ReportedEnvelope =>
  leadRequalified.parse({
    ...head(id, about.sequence ?? 9, about),
    name: 'LeadRequalified',
    data: { leadId: id, reason: 'came-back' },
  });

const serviceLevelOf = (id: string, about: About) => ({ leadId: id, sourceId: 's', ...owner(about) });
/** A service level that starts with the event and has its deadline at `dueAt`. */
export const startServiceLevel = (
  id: string,
  dueAt: string,
  about: About & { readonly market?: string; readonly sequence?: number } = {},
): ReportedEnvelope =>
  leadServiceLevelStarted.parse({
    ...head(id, about.sequence ?? 4, about),
    name: 'LeadServiceLevelStarted',
    data: {
      ...serviceLevelOf(id, about),
      market: about.market ?? null,
      levelsVersion: 1,
      terms: { id: 'hour', name: 'Hour', minutes: 60, hours: { zone: 'Europe/Berlin', windows: [] }, escalations: [] },
      holidays: [],
      dueAt,
    },
  });
export const pauseServiceLevel = (id: string, about: About & { readonly sequence?: number } = {}): ReportedEnvelope =>
  leadServiceLevelPaused.parse({
    ...head(id, about.sequence ?? 5, about),
    name: 'LeadServiceLevelPaused',
    data: { ...serviceLevelOf(id, about), dueAt: null },
  });
export const replyOfLead = (id: string, dueAt: string, about: About = {}): ReportedEnvelope =>
  leadReplied.parse({ ...head(id, 6, about), name: 'LeadReplied', data: { ...serviceLevelOf(id, about), dueAt } });
/** An answer `minutes` of working time after the service level started. */
export const answerLead = (
  id: string,
  {
    minutes = 10,
    dueAt = null,
    sequence = 7,
    ...about
  }: About & { readonly minutes?: number; readonly dueAt?: string | null; readonly sequence?: number } = {},
): ReportedEnvelope =>
  leadAnswered.parse({
    ...head(id, sequence, about),
    name: 'LeadAnswered',
    data: { ...serviceLevelOf(id, about), channel: 'call', levelId: 'hour', dueAt, waitedMillis: minutes * 60_000 },
  });
export const qualifyLead = (
  id: string,
  stage: 'mql' | 'sql',
  {
    segments = [],
    again = false,
    ownerless = false,
    ...about
  }: About & { readonly segments?: readonly string[]; readonly again?: boolean; readonly ownerless?: boolean } = {},
): ReportedEnvelope =>
  leadQualified.parse({
    ...head(id, stage === 'mql' ? 7 : 8, about),
    name: 'LeadQualified',
    data: {
      ...serviceLevelOf(id, about),
      ...(ownerless ? { repId: null, teamId: null } : {}),
      capturedAt: '2026-03-01T00:00:00.000Z',
      stage,
      criteriaVersion: 1,
      category: null,
      segments,
      again,
    },
  });
export const absorbLead = (id: string, about: About = {}): ReportedEnvelope =>
  leadAbsorbed.parse({ ...head(id, 9, about), name: 'LeadAbsorbed', data: { leadId: id, into: 'other' } });
export const restoreLead = (id: string, about: About = {}): ReportedEnvelope =>
  leadRestored.parse({ ...head(id, 10, about), name: 'LeadRestored', data: { leadId: id, from: 'other' } });
export const commitVolume = (
  month: string,
  version: number,
  commitments: readonly { readonly segmentId: string | null; readonly stage: 'mql' | 'sql'; readonly committed: number }[],
  about: About = {},
): ReportedEnvelope =>
  volumeCommitted.parse({ ...head(month, version, about), name: 'VolumeCommitted', data: { month, version, commitments } });
