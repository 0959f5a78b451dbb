import type { Company, Segment } from '@meilenstein/contracts';
import type { Facts, Instant, TeamId } from '@meilenstein/kernel';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import { segmentsOf } from '../../qualification/domain/segments.ts';

/** A team and the teams above it, the lowest first. */
const upwards = ({ teams }: Company, from: TeamId): readonly TeamId[] => {
  const found: TeamId[] = [];
  for (let id: TeamId | null = from; id !== null && !found.includes(id);) {
    found.push(id);
    const at: TeamId = id;
    id = teams.find((team) => team.teamId === at)?.parentTeamId ?? null;
  }
  return found;
};

/** The facts for service levels: those of the lead, its segments, its owner's team, and that team with the teams above it. */
export const serviceLevelFacts = (
  { lead, facts }: { readonly lead: CapturedLead; readonly facts: Facts },
  { company, segments, now }: { readonly company: Company; readonly segments: readonly Segment[]; readonly now: Instant },
): Facts => {
  const team = lead.owner?.teamId ?? null;
  return { ...facts, segments: segmentsOf(segments, facts, now), team, teams: team === null ? [] : upwards(company, team) };
};
