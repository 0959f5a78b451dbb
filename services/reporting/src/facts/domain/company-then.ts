import { companyOf, companySubject, type Company, type CompanyEnvelope } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';

/** The company as a report of a cut-off names it. */
export type CompanyThen = {
  /** with every team that was ever told by then, so that facts of a dissolved one keep its name */
  readonly company: Company;
  /** the teams and reps that have rows in any case; others only where there are facts of them */
  readonly listed: Pick<Company, 'teams' | 'reps'>;
};

/** Of one subject, what was known before the cut-off; where it was first told later, as it was told first. */
const knownOf = (events: readonly CompanyEnvelope[], cutOff: Instant): readonly CompanyEnvelope[] => {
  const first = events[0]?.recordedAt;
  return events.filter((event) => event.recordedAt < cutOff || event.recordedAt === first);
};

/**
 * Organisation and settings as they were known before a cut-off, so that a later change leaves a closed report as it is. A company that
 * was set up after the cut-off counts as it was first told: it can report its imported history. Events of a subject come by `sequence`.
 */
export const companyThen = (events: readonly CompanyEnvelope[], cutOff: Instant): CompanyThen => {
  const told = [...Map.groupBy(events, companySubject).values()].flatMap((own) => knownOf(own, cutOff));
  const known = companyOf(events.filter((event) => event.recordedAt < cutOff));
  return {
    company: companyOf(told.filter((event) => event.name !== 'TeamDissolved')),
    listed: known.teams.length + known.reps.length > 0 ? known : companyOf(told),
  };
};
