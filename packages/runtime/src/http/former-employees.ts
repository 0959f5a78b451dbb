import type { Caller, Company } from '@meilenstein/contracts';
import { dayOf, epochMillis, timeZone, type Clock, type Day, type Instant } from '@meilenstein/kernel';

/** Whether somebody has left: the last membership ended before today. On the first day on which a person no longer sells, the token still works. */
const hasLeft = ({ memberships }: Company['reps'][number], today: Day): boolean => {
  const last = memberships.at(-1);
  return last === undefined || (last.until !== null && last.until < today);
};

/** How long a function may know an organisation that has changed since. */
const maxAgeMillis = 30_000;

/** Tells whether a caller has left the company; the organisation is read at most every half minute. */
export const formerEmployees = (read: () => Promise<Company>, clock: Clock): ((caller: Caller) => Promise<boolean>) => {
  let kept: { readonly at: Instant; readonly subjects: ReadonlySet<string> } | undefined;
  return async ({ subject }) => {
    const now = clock.now();
    const age = kept === undefined ? maxAgeMillis : epochMillis(now) - epochMillis(kept.at);
    if (kept === undefined || age < 0 || age >= maxAgeMillis) {
      const company = await read();
      const today = dayOf(now, company.zone ?? timeZone.parse('UTC'));
      kept = { at: now, subjects: new Set(company.reps.filter((rep) => hasLeft(rep, today)).map((rep) => rep.loginSubject)) };
    }
    return kept.subjects.has(subject);
  };
};
