import { checkPredicate, predicate, refused, teamId, type PredicateRefusal, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';
import { leadFieldTypes } from '../scoring/lead-facts.ts';
import { territoryId, type Territory } from './territory.ts';

const ruleId = z.string().regex(/^[a-z0-9-]{1,60}$/);
const word = z.string().min(1).max(60);

/** Who may receive the leads of a rule; what is not asked for excludes nobody. */
export const audience = z.strictObject({
  /** one of these teams or of those below them; null: any team */
  teams: z.array(teamId).min(1).max(50).nullable().default(null),
  /** who covers the lead's own territory, or this one or a part of it */
  territory: z.union([z.literal('of-lead'), z.strictObject({ territoryId })]).nullable().default(null),
  /** all of them */
  skills: z.array(word).max(20).default([]),
  /** one of them; empty: any */
  languages: z.array(word).max(20).default([]),
  /** a rep may be off or away if there again within so many minutes */
  waitAtMostMinutes: z.int().min(0).max(7200).default(0),
}); // prettier-ignore
export type Audience = z.output<typeof audience>;

/** Where leads wait for a person when nobody is eligible, and for how many working minutes at most. */
export const fallbackQueue = z.strictObject({
  queueId: ruleId,
  teamId: teamId.nullable().default(null),
  minutes: z.int().min(1).max(14_400),
});
export type FallbackQueue = z.output<typeof fallbackQueue>;

export const routingRule = z.strictObject({
  id: ruleId,
  name: z.string().min(1).max(120),
  when: predicate,
  to: audience,
  /** instead of the queue of the whole document */
  queue: fallbackQueue.nullable().default(null),
});
export type RoutingRule = z.output<typeof routingRule>;

/** Rules in order, the first that is true decides; leads of no rule go to the queue. */
export const routingRules = z.strictObject({ rules: z.array(routingRule).max(500), queue: fallbackQueue });
export type RoutingRules = z.output<typeof routingRules>;

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
