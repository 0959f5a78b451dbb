import type { ExclusionCode, PassedOver } from '@meilenstein/contracts';
import type { RoutingRecord } from '../../lead/domain/lead-assignment.ts';

/** Of fewer people together a kind is not told: in a small team it would say who. */
const fewestTogether = 5;

const nobodys: readonly ExclusionCode[] = ['belongs-to-no-team', 'does-not-sell'];
const elsewhere: readonly ExclusionCode[] = ['is-in-another-team', 'covers-another-territory'];
const demands: readonly ExclusionCode[] = ['lacks-a-skill', 'lacks-the-language'];

const sum = (counts: readonly number[]): number => counts.reduce((all, one) => all + one, 0);

/** Many are of a kind, and as many of those who could be meant are not. */
const pointsAtNobody = (those: number, of: number): boolean => those >= fewestTogether && of - those >= fewestTogether;

/**
 * How many of those who sell were passed over, for colleagues to read. Who is away, full or off duty is never told by kind, and of the rest only what
 * many have in common while as many others do not: where everybody works is known, so those are taken off before skills are told.
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
