import type { Company, FallbackQueue, RoutingRule, RoutingRules, Territory } from '@meilenstein/contracts';
import { checkPredicate, refused, type PredicateRefusal, type Refusal } from '@meilenstein/kernel';
import { checkRegion } from '../../qualification/domain/check-region.ts';
import { leadFieldTypes } from '../../scoring/domain/lead-facts.ts';
import { checkWorkingHours } from '../../service-levels/domain/check-working-hours.ts';

export type RoutingRefusal =
  | PredicateRefusal
  | Refusal<'duplicate-rule' | 'territory-not-found' | 'team-not-found' | 'region-not-found' | 'no-working-time'>;

/** The territories, teams and regions that rules may name. */
export type KnownToRouting = {
  readonly tree: readonly Territory[];
  readonly teams: readonly string[];
  readonly regions: readonly string[];
};

const queuesOf = ({ rules, queue }: RoutingRules): readonly FallbackQueue[] => [queue, ...rules.flatMap((rule) => rule.queue ?? [])];

/** What the company has and what the rules in force already name, which stay valid after a team is removed or holidays are withdrawn. */
export const knownToRouting = (company: Company, inForce: RoutingRules, tree: readonly Territory[]): KnownToRouting => {
  const queues = queuesOf(inForce);
  const teams = [...queues.flatMap(({ teamId }) => teamId ?? []), ...inForce.rules.flatMap(({ to }) => to.teams ?? [])];
  const regions = queues.flatMap(({ region }) => region ?? []);
  return {
    tree,
    teams: [...new Set([...company.teams.map((one) => one.teamId), ...teams])],
    regions: [...new Set([...Object.keys(company.holidays), ...regions])].toSorted(),
  };
};

const checkTeam = (team: string | undefined, field: string): Refusal<'team-not-found'> | undefined =>
  team === undefined ? undefined : refused('team-not-found', `${field}: there is no team ${team}`, { field, value: team }).refused;

const checkQueue = (
  { teamId, hours, region }: FallbackQueue,
  { teams, regions }: KnownToRouting,
  field: string,
): RoutingRefusal | undefined =>
  checkTeam(teamId === null || teams.includes(teamId) ? undefined : teamId, `${field}.teamId`) ??
  (hours === null ? undefined : checkWorkingHours(hours, `${field}.hours`)) ??
  checkRegion(region, regions, `${field}.region`);

const checkRule = ({ to, when, queue }: RoutingRule, known: KnownToRouting, field: string): RoutingRefusal | undefined => {
  const asked = to.territory === null || to.territory === 'of-lead' ? undefined : to.territory.territoryId;
  if (asked !== undefined && !known.tree.some((one) => one.territoryId === asked))
    return refused('territory-not-found', `${field}.to.territory: there is no territory ${asked}`, {
      field: `${field}.to.territory`,
      value: asked,
    }).refused;
  return (
    checkTeam(
      to.teams?.find((one) => !known.teams.includes(one)),
      `${field}.to.teams`,
    ) ??
    checkPredicate(when, leadFieldTypes, `${field}.when`) ??
    (queue === null ? undefined : checkQueue(queue, known, `${field}.queue`))
  );
};

/** The first fault of the routing rules; undefined if they can be published. */
export const checkRouting = ({ rules, queue }: RoutingRules, known: KnownToRouting): RoutingRefusal | undefined => {
  const twice = rules.find((rule, index) => rules.findIndex((other) => other.id === rule.id) !== index);
  if (twice !== undefined)
    return refused('duplicate-rule', `rules: ${twice.id} appears more than once; give each rule its own id`, {
      field: 'rules',
      value: twice.id,
    }).refused;
  for (const [index, rule] of rules.entries()) {
    const wrong = checkRule(rule, known, `rules[${index}]`);
    if (wrong !== undefined) return wrong;
  }
  return checkQueue(queue, known, 'queue');
};
