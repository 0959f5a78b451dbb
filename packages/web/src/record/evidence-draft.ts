import { parseDate, parseDateTime, toZoned } from '@internationalized/date';
import type { Item, Request } from '../api/routes.ts';

type RecordBody = Request<'POST /opportunities/{opportunityId}/milestones'>['body'];
type Evidence = NonNullable<RecordBody['evidence']>;
export type Act = Evidence['act'];
export type Channel = Evidence['channel'];
export type Milestone = Item<'GET /processes'>['milestones'][number];

/** What somebody has entered about what the customer did. */
export type EvidenceDraft = {
  readonly milestoneId: string;
  readonly channel: Channel | null;
  readonly day: string;
  readonly role: string;
  readonly quote: string;
  /** only of the order */
  readonly amount: string;
};

/** What a customer can have done in each way of contact, the likelier first. */
const actsBy: Readonly<Record<Channel, readonly Act[]>> = {
  meeting: ['did', 'said'],
  call: ['said'],
  video: ['said', 'did'],
  email: ['wrote'],
  letter: ['wrote'],
  contract: ['wrote', 'did'],
  portal: ['did', 'wrote'],
  other: ['did', 'said', 'wrote'],
};

export const channels = ['meeting', 'call', 'video', 'email', 'letter', 'contract'] as const satisfies readonly Channel[];

/** The roles at the customer that are offered. */
export const roles = [
  'decision-maker',
  'buyer',
  'procurement',
  'user',
  'engineer',
  'champion',
  'influencer',
  'management',
  'finance',
  'legal',
  'other',
] as const;

/** The act that a way of contact stands for, of those that prove the milestone; undefined where it cannot prove it. */
export const actFor = (channel: Channel, provenBy: readonly Act[]): Act | undefined =>
  actsBy[channel].find((act) => provenBy.includes(act));

/** The instant of a day: now if it is today, else its noon in the company's time zone, for nobody types minutes. */
export const instantOf = (
  day: string,
  { today, now, zone }: { readonly today: string; readonly now: string; readonly zone: string },
): string => (day === today ? now : toZoned(parseDateTime(`${parseDate(day).toString()}T12:00`), zone).toAbsoluteString());

/** The request body; undefined while something is missing that only the person knows. */
export const bodyOf = (
  draft: EvidenceDraft,
  { milestone, currency, occurredAt }: { readonly milestone: Milestone; readonly currency: string; readonly occurredAt: string },
): RecordBody | undefined => {
  const act = draft.channel === null ? undefined : actFor(draft.channel, milestone.provenBy);
  if (draft.channel === null || act === undefined || draft.role.trim() === '') return undefined;
  const quote = draft.quote.trim();
  return {
    milestoneId: draft.milestoneId,
    evidence: {
      act,
      by: { party: 'customer', role: draft.role.trim() },
      occurredAt,
      channel: draft.channel,
      ...(quote === '' ? {} : { quote }),
    },
    ...(draft.amount === '' ? {} : { amount: { amount: draft.amount, currency } }),
  };
};
