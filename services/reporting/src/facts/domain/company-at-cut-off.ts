import { companyOf, companySubject, type Company, type CompanyEnvelope } from '@meilenstein/contracts';
import type { Instant } from '@meilenstein/kernel';

/** The company as a report with this cut-off shows it. */
export type CompanyAtCutOff = {
  /** with every team known by then, so that facts of a dissolved team keep its name */
  readonly company: Company;
  /** the teams and reps that always have rows; others have rows only where they have facts */
  readonly listed: Pick<Company, 'teams' | 'reps'>;
};

/** The events of one subject before the cut-off, or its first events where it became known later. */
const eventsBefore = (events: readonly CompanyEnvelope[], cutOff: Instant): readonly CompanyEnvelope[] => {
  const first = events[0]?.recordedAt;
  return events.filter((event) => event.recordedAt < cutOff || event.recordedAt === first);
};

/**
 * Organisation and settings as known before a cut-off, so that a later change does not alter a closed report. A company set up after the
 * cut-off counts with its first events, so that it can report its imported history. Events of a subject come in order of `sequence`.
 */
export const companyAt = (events: readonly CompanyEnvelope[], cutOff: Instant): CompanyAtCutOff => {
  const relevant = [...Map.groupBy(events, companySubject).values()].flatMap((ofSubject) => eventsBefore(ofSubject, cutOff));
  const knownCompany = companyOf(events.filter((event) => event.recordedAt < cutOff));
  return {
    company: companyOf(relevant.filter((event) => event.name !== 'TeamDissolved')),
    listed: knownCompany.teams.length + knownCompany.reps.length > 0 ? knownCompany : companyOf(relevant),
  };
};
