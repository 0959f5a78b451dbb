import { sellerProfile, teamOn, type Company, type SellerProfile } from '@meilenstein/contracts';
import { addMillis, dayOf, nextWorkingInstant, utcDayOf, type Day, type Instant, type RepId, type TeamId } from '@meilenstein/kernel';

/** A rep as routing sees them at an instant, with the current team; undefined if they belong to none. */
export type Seller = SellerProfile & { readonly teamId: TeamId | undefined; readonly sells: boolean; readonly holidays: readonly Day[] };

const usualProfile = (id: RepId): SellerProfile => sellerProfile.parse({ repId: id });

/** Everybody who was ever in the organisation, by id, as of an instant. */
export const sellersOf = (company: Company, profiles: readonly SellerProfile[], now: Instant): readonly Seller[] => {
  const today = company.zone === null ? utcDayOf(now) : dayOf(now, company.zone);
  return company.reps
    .map((rep) => {
      const profile = profiles.find((one) => one.repId === rep.repId) ?? usualProfile(rep.repId);
      const holidays = profile.region === null ? [] : (company.holidays[profile.region] ?? []);
      return { ...profile, teamId: teamOn(company, rep.repId, today), sells: rep.role === 'rep', holidays };
    })
    .toSorted((a, b) => (a.repId < b.repId ? -1 : 1));
};

const absenceAt = (absences: Seller['absences'], at: Instant) => absences.find((one) => one.from <= at && at < one.until);

/** The first instant from `from` on at which a rep is available; undefined if not within two years. */
export const availableFrom = ({ hours, holidays, absences }: Seller, from: Instant): Instant | undefined => {
  let at = from;
  // Each absence can push the time once, and each push may land outside working hours.
  for (let pushes = 0; pushes <= absences.length; pushes += 1) {
    const working = hours === null ? at : nextWorkingInstant(hours, holidays, at);
    if (working === undefined) return undefined;
    const away = absenceAt(absences, working);
    if (away === undefined) return working;
    at = away.until;
  }
  return at;
};

/** Whether a rep is absent at an instant, whatever the working hours. */
export const isAway = ({ absences }: Seller, at: Instant): boolean => absenceAt(absences, at) !== undefined;

/** Whether a rep is available within this many minutes. */
export const isAvailableWithin = (seller: Seller, now: Instant, minutes: number): boolean => {
  const from = availableFrom(seller, now);
  return from !== undefined && from <= addMillis(now, minutes * 60_000);
};

export type Member = { readonly repId: RepId; readonly teamId: TeamId };

/** Everybody who belongs to a team today. */
export const membersOn = (company: Company, today: Day): readonly Member[] =>
  company.reps.flatMap(({ repId: id }) => {
    const teamId = teamOn(company, id, today);
    return teamId === undefined ? [] : [{ repId: id, teamId }];
  });
