import type { RoutingRules, Territory } from '@meilenstein/contracts';
import { checkPredicate, refused, type PredicateRefusal, type Refusal } from '@meilenstein/kernel';
import { leadFieldTypes } from '../scoring/lead-facts.ts';

export type RoutingRefusal = PredicateRefusal | Refusal<'rule-is-there-twice' | 'territory-is-unknown' | 'team-is-unknown'>;

/** The first thing that is wrong with routing rules; undefined where they can be published. */
export const checkRouting = (
  { rules }: RoutingRules,
  territories: readonly Territory[],
  teams: readonly string[],
): RoutingRefusal | undefined => {
  // prettier-ignore
  const twice = rules.find((rule, index) => rules.findIndex((other) => other.id === rule.id) !== index);
  if (twice !== undefined)
    return refused('rule-is-there-twice', `rules: ${twice.id} is there twice; give each rule an id of its own`, { field: 'rules', value: twice.id }).refused; // prettier-ignore
  for (const [index, { to, when }] of rules.entries()) {
    const asked = to.territory === null || to.territory === 'of-lead' ? undefined : to.territory.territoryId;
    if (asked !== undefined && !territories.some((one) => one.territoryId === asked))
      return refused('territory-is-unknown', `rules[${index}].to.territory: there is no territory ${asked}`, { field: `rules[${index}].to.territory`, value: asked }).refused; // prettier-ignore
    const team = to.teams?.find((one) => !teams.includes(one));
    if (team !== undefined)
      return refused('team-is-unknown', `rules[${index}].to.teams: there is no team ${team}`, { field: `rules[${index}].to.teams`, value: team }).refused; // prettier-ignore
    const wrong = checkPredicate(when, leadFieldTypes, `rules[${index}].when`);
    if (wrong !== undefined) return wrong;
  }
  return undefined;
};
