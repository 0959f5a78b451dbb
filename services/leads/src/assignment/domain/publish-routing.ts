import {
  routingPublished,
  routingRules,
  sellerProfileChanged,
  sellerSettings,
  territories,
  territoriesPublished,
  type Company,
  type Happened,
  type RoutingFact,
  type RoutingRules,
  type SellerFact,
  type SellerProfile,
  type SellerSettings,
  type TerritoriesFact,
  type Territory,
} from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal, type RepId } from '@meilenstein/kernel';
import * as z from 'zod';
import { checkRegion } from '../../qualification/domain/check-region.ts';
import { checkWorkingHours } from '../../service-levels/domain/check-working-hours.ts';
import { checkRouting, knownToRouting, type RoutingRefusal } from './routing-rules.ts';
import { checkTerritories, type TerritoryRefusal } from './territory.ts';

/** The routing rules in force. */
export const routingInForce = z.object({ version: z.int().nonnegative(), document: routingRules });
export type RoutingInForce = z.infer<typeof routingInForce>;

/** The default before anything is published: a rotation of everybody who sells, and a queue of four hours. */
export const usualRouting: RoutingInForce = {
  version: 0,
  document: routingRules.parse({
    rules: [{ id: 'everybody', name: 'Everybody who sells', when: { field: 'captured', test: 'present' }, to: {} }],
    queue: { queueId: 'unassigned', minutes: 240 },
  }),
};

export const evolveRouting = (_before: RoutingInForce, { data }: Happened<RoutingFact>): RoutingInForce => data;

export const publishRouting = (
  before: RoutingInForce,
  document: RoutingRules,
  { tree, company }: { readonly tree: readonly Territory[]; readonly company: Company },
): Decision<RoutingFact, RoutingRefusal> => {
  const wrong = checkRouting(document, knownToRouting(company, before.document, tree));
  return wrong === undefined ? decided(routingPublished.of({ version: before.version + 1, document })) : { refused: wrong };
};

export const territoriesInForce = z.object({ version: z.int().nonnegative(), territories });
export type TerritoriesInForce = z.infer<typeof territoriesInForce>;
export const noTerritories: TerritoriesInForce = { version: 0, territories: [] };

export const evolveTerritories = (_before: TerritoriesInForce, { data }: Happened<TerritoriesFact>): TerritoriesInForce => data;

const usedBy = ({ rules }: RoutingRules, profiles: readonly SellerProfile[]): readonly (readonly [territory: string, user: string])[] => [
  ...rules.flatMap(({ id, to }) =>
    to.territory === null || to.territory === 'of-lead' ? [] : [[to.territory.territoryId, `rule ${id}`] as const],
  ),
  ...profiles.flatMap((one) => one.territories.map((id) => [id, `rep ${one.repId}`] as const)),
];

/** Publishes a tree if it is valid and contains every territory that rules or reps need. */
export const publishTerritories = (
  before: TerritoriesInForce,
  tree: readonly Territory[],
  { document, profiles }: { readonly document: RoutingRules; readonly profiles: readonly SellerProfile[] },
): Decision<TerritoriesFact, TerritoryRefusal | Refusal<'territory-in-use'>> => {
  const wrong = checkTerritories(tree);
  if (wrong !== undefined) return { refused: wrong };
  const lost = usedBy(document, profiles).find(([id]) => !tree.some((one) => one.territoryId === id));
  if (lost !== undefined)
    return refused('territory-in-use', `territories: ${lost[0]} is missing, but ${lost[1]} needs it; change ${lost[1]} first`, {
      field: 'territories',
      value: lost[0],
    });
  return decided(territoriesPublished.of({ version: before.version + 1, territories: [...tree] }));
};

export const seller = z.object({ version: z.int().nonnegative(), profile: sellerSettings });
export type SellerInForce = z.infer<typeof seller>;
export const usualSeller: SellerInForce = { version: 0, profile: sellerSettings.parse({}) };

/** Absences are in the confidential part and are lost with it; the rest stays. */
export const evolveSeller = (_before: SellerInForce, { data, confidential }: Happened<SellerFact>): SellerInForce => ({
  version: data.version,
  profile: { ...data.profile, absences: confidential?.absences ?? [] },
});

export const changeSeller = (
  before: SellerInForce,
  repId: RepId,
  { absences, ...profile }: SellerSettings,
  { tree, company }: { readonly tree: readonly Territory[]; readonly company: Company },
): Decision<SellerFact, Refusal<'territory-not-found' | 'region-not-found' | 'no-working-time'>> => {
  const unknown = profile.territories.find((id) => !tree.some((one) => one.territoryId === id));
  if (unknown !== undefined)
    return refused('territory-not-found', `territories: there is no territory ${unknown}; GET /territories lists them`, {
      field: 'territories',
      value: unknown,
    });
  // A region that the profile already has may stay after its holidays were withdrawn.
  const regions = [...Object.keys(company.holidays), ...(before.profile.region === null ? [] : [before.profile.region])];
  const { hours, region } = profile;
  const wrong = (hours === null ? undefined : checkWorkingHours(hours, 'hours')) ?? checkRegion(region, regions, 'region');
  if (wrong !== undefined) return { refused: wrong };
  return decided(sellerProfileChanged.of({ repId, version: before.version + 1, profile }, { confidential: { absences } }));
};
