import type { HandlersOf, leadsApi, SellerListed, SellerView, TerritoriesView, Territory } from '@meilenstein/contracts';
import { refused, type Instant, type RepId } from '@meilenstein/kernel';
import { answerChange, expectedVersion, fromCursor, maySee, toCursor } from '@meilenstein/runtime';
import {
  changeSeller,
  publishRouting,
  publishTerritories,
  type RoutingInForce,
  type SellerInForce,
  type TerritoriesInForce,
} from '../domain/publish-routing.ts';
import { availableFrom, sellersOf, type Seller } from '../domain/seller.ts';
import { isEffective, liesIn, pathOf } from '../domain/territory.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { checkNames, predicatesIn } from '../../qualification/http/check-names.ts';
import { visibleLeads, type Today } from '../../lead/http/visible-lead.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  | 'GET /sellers'
  | 'GET /sellers/{repId}'
  | 'PUT /sellers/{repId}'
  | 'GET /territories'
  | 'PUT /territories'
  | 'GET /routing'
  | 'PUT /routing'
>;

const repIsUnknown = refused('rep-not-found', 'repId: no rep that you may see has this id');

const treeOf = ({ version, territories }: TerritoriesInForce, chosen: readonly Territory[]): TerritoriesView => ({
  version,
  territories: chosen.map((one) => ({
    ...one,
    within: pathOf(territories, one.territoryId)
      .slice(1)
      .map((outer) => outer.territoryId),
    descendants: territories
      .filter((other) => other !== one && liesIn(territories, other.territoryId, one.territoryId))
      .map((other) => other.territoryId),
  })),
});

/** Null also for a rep who has left or has not started. */
const thereFrom = (seller: Seller | undefined, now: Instant): Instant | null =>
  seller?.teamId === undefined ? null : (availableFrom(seller, now) ?? null);

const rulesOf = ({ version, document }: RoutingInForce) => ({ version, ...document });

/** Routing profiles, territories and routing rules. */
export const routingRoutes = (deps: LeadsDeps): Routes => {
  const { routing, rotations } = deps.stores;
  const { today } = visibleLeads(deps);

  const visible = ({ company, scope }: Today, id: RepId): boolean => company.reps.some((rep) => rep.repId === id) && maySee(scope, id);

  const sellerOf = async ({ company }: Today, id: RepId, { profile }: SellerInForce): Promise<SellerView> => {
    const now = deps.clock.now();
    const { state } = await rotations.load();
    const [seller] = sellersOf(company, [{ repId: id, ...profile }], now).filter((one) => one.repId === id);
    const openLeads = state.openLeads[id] ?? 0;
    return { repId: id, ...profile, openLeads, availableFrom: thereFrom(seller, now) };
  };

  /** All reps whom the caller may see, by id. */
  const sellersFor = async ({ company, scope }: Today): Promise<readonly SellerListed[]> => {
    const now = deps.clock.now();
    const [profiles, { state }] = await Promise.all([routing.sellers.profiles(), rotations.load()]);
    const codes = new Map(company.reps.map((rep) => [rep.repId, rep.repCode]));
    return sellersOf(company, profiles, now)
      .filter((one) => maySee(scope, one.repId))
      .map((seller) => {
        const { teamId, sells, holidays: _holidays, ...profile } = seller;
        return {
          ...profile,
          repCode: codes.get(seller.repId) ?? seller.repId,
          teamId: teamId ?? null,
          isActive: teamId !== undefined && sells,
          openLeads: state.openLeads[seller.repId] ?? 0,
          availableFrom: thereFrom(seller, now),
        };
      });
  };

  return {
    'GET /sellers': async ({ query, caller }) => {
      const after = query.cursor === undefined ? '' : fromCursor(query.cursor, ['repId']).repId;
      const wanted = query.active === undefined ? undefined : query.active === 'true';
      const all = (await sellersFor(await today(caller)))
        .filter((one) => wanted === undefined || one.isActive === wanted)
        .filter((one) => one.repId > after);
      const items = all.slice(0, query.limit);
      const last = items.at(-1);
      return { status: 200, body: { items, next: all.length > items.length && last ? toCursor({ repId: last.repId }) : null } };
    },
    'GET /sellers/{repId}': async ({ path, caller }) => {
      const day = await today(caller);
      if (!visible(day, path.repId)) return repIsUnknown;
      const found = await routing.sellers.find(path.repId);
      return { status: 200, body: await sellerOf(day, path.repId, found), version: found.version };
    },
    'PUT /sellers/{repId}': async ({ path, body, caller, ifMatch }) => {
      const day = await today(caller);
      if (!visible(day, path.repId)) return repIsUnknown;
      const { territories } = await routing.territories.current();
      const decide = (state: SellerInForce) => changeSeller(state, path.repId, body, { tree: territories, company: day.company });
      const result = await routing.sellers.change(path.repId, decide, expectedVersion(ifMatch));
      return answerChange(result, async ({ state, version }) => ({ status: 200, body: await sellerOf(day, path.repId, state), version }));
    },
    'GET /territories': async ({ query }) => {
      const found = await routing.territories.current();
      const { under, on } = query;
      if (under !== undefined && !found.territories.some((one) => one.territoryId === under))
        return refused('territory-not-found', `under: there is no territory ${under}`, { field: 'under', value: under });
      const chosen = found.territories
        .filter((one) => under === undefined || liesIn(found.territories, one.territoryId, under))
        .filter((one) => on === undefined || pathOf(found.territories, one.territoryId).every((outer) => isEffective(outer, on)));
      return { status: 200, body: treeOf(found, chosen), etag: String(found.version) };
    },
    'PUT /territories': async ({ body, ifMatch }) => {
      const [{ document }, profiles] = await Promise.all([routing.rules.current(), routing.sellers.profiles()]);
      const result = await routing.territories.change(
        (state) => publishTerritories(state, body.territories, { document, profiles }),
        expectedVersion(ifMatch),
      );
      return answerChange(result, ({ state, version }) => ({ status: 200, body: treeOf(state, state.territories), etag: String(version) }));
    },
    'GET /routing': async () => {
      const found = await routing.rules.current();
      return { status: 200, body: rulesOf(found), etag: String(found.version) };
    },
    'PUT /routing': async ({ body, caller, ifMatch }) => {
      const before = (await routing.rules.current()).document?.rules ?? [];
      const missing = await checkNames(deps.stores, predicatesIn('rules', body.rules), predicatesIn('rules', before));
      if (missing !== undefined) return { refused: missing };
      const [{ company }, { territories: tree }] = await Promise.all([today(caller), routing.territories.current()]);
      const result = await routing.rules.change((state) => publishRouting(state, body, { tree, company }), expectedVersion(ifMatch));
      return answerChange(result, ({ state, version }) => ({ status: 200, body: rulesOf(state), etag: String(version) }));
    },
  };
};
