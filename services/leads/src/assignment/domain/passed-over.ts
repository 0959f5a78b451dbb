import type { ExclusionCode, PassedOver } from '@meilenstein/contracts';
import type { RoutingRecord } from '../../lead/domain/lead-assignment.ts';

/** A kind of reason is not named for fewer people, because in a small team it would reveal who is meant. */
const fewestTogether = 5;

const nobodys: readonly ExclusionCode[] = ['belongs-to-no-team', 'does-not-sell'];
const elsewhere: readonly ExclusionCode[] = ['is-in-another-team', 'covers-another-territory'];
const demands: readonly ExclusionCode[] = ['lacks-a-skill', 'lacks-the-language'];

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

/** Enough people share the kind, and enough others do not. */
const pointsAtNobody = (those: number, of: number): boolean => those >= fewestTogether && of - those >= fewestTogether;

/**
 * How many sellers were passed over, for colleagues to read. Absence, capacity and duty are never named, and other kinds only if
 * enough people share them and enough do not. Where people work is known, so those elsewhere are subtracted before skills are
 * counted.
 */
export const passedOverOf = ({ excludedBy, eligible }: Pick<RoutingRecord, 'excludedBy' | 'eligible'>): PassedOver => {
  const of = (codes: readonly ExclusionCode[]): number => sum(codes.map((code) => excludedBy[code] ?? 0));
  const count = sum(Object.values(excludedBy)) - of(nobodys);
  const considered = eligible + count;
  const [away, lacking] = [of(elsewhere), of(demands)];
  const told = {
    ...(pointsAtNobody(away, considered) ? { 'team-or-territory': away } : {}),
    ...(pointsAtNobody(lacking, considered - away) ? { 'skills-or-languages': lacking } : {}),
  };
  const other = count - sum(Object.values(told));
  return { count, byKind: Object.keys(told).length === 0 || other === 0 ? told : { ...told, other } };
};
