import { refusal, type Instant, type Refusal, type RepId } from '@meilenstein/kernel';
import type { OrderHistory } from './order-history.ts';
import type { TeamAt } from './owner-team.ts';

/** What is asked of a fact that is told today; imported history was true before this system knew anybody. */
export type LiveChecks = {
  /** the oldest instant at which anybody belonged to the company; null before there is an organisation */
  readonly companySince: Instant | null;
  /** the beginning of the oldest month that is open */
  readonly openSince: Instant;
  readonly history: OrderHistory;
};

type Told = { readonly occurredAt: Instant; readonly field: string };

const beforeOwner = ({ occurredAt: value, field }: Told) =>
  refusal('evidence-before-owner', 'on that day the owner did not belong to the company yet', { field, value });

/** Nothing happened before there was anybody to see it. */
export const checkCompanyDay = (
  told: Told,
  { companySince }: Pick<LiveChecks, 'companySince'>,
): Refusal<'evidence-before-owner'> | undefined =>
  companySince !== null && told.occurredAt < companySince ? beforeOwner(told) : undefined;

/** A closed month stays closed, unless it is to be reported again. */
export const checkOpenMonth = (
  { occurredAt, field }: Told,
  { openSince }: Pick<LiveChecks, 'openSince'>,
  restates: true | undefined,
): Refusal<'period-closed'> | undefined =>
  occurredAt < openSince && restates !== true
    ? refusal('period-closed', `months before ${openSince.slice(0, 10)} are closed; send restates: true if they are to be reported again`, {
        field,
        value: occurredAt,
      })
    : undefined;

/** Nobody is credited with an order of a day before joining, and a closed month stays closed. */
export const checkOrderDay = (
  told: Told & { readonly repId: RepId; readonly restates: true | undefined },
  teamAt: TeamAt,
  live: LiveChecks,
): Refusal<'evidence-before-owner' | 'period-closed'> | undefined =>
  live.companySince !== null && (told.occurredAt < live.companySince || teamAt(told.repId, told.occurredAt) === undefined)
    ? beforeOwner(told)
    : checkOpenMonth(told, live, told.restates);
