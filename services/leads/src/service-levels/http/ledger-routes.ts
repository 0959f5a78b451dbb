import type { HandlersOf, leadsApi, ServiceLedgerView } from '@meilenstein/contracts';
import { timeZone } from '@meilenstein/kernel';
import { expectedVersion, maySee, versionConflict } from '@meilenstein/runtime';
import { monthOf, monthSpan } from '../domain/month.ts';
import { serviceLedger, type SalesAccount } from '../domain/service-ledger.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { visibleLeads } from '../../lead/http/visible-lead.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  'GET /marketing-promises/{month}' | 'PUT /marketing-promises/{month}' | 'GET /service-ledger'
>;

const seconds = (millis: number | null): number | null => (millis === null ? null : Math.round(millis / 1000));

const accountView = ({ due, kept, missed, speed }: SalesAccount): ServiceLedgerView['sales'] => ({
  due,
  kept,
  missed: [...missed],
  speed: { answered: speed.answered, medianSeconds: seconds(speed.medianMillis), p90Seconds: seconds(speed.p90Millis) },
});

/** Marketing's promises, and the ledger of both. */
export const ledgerRoutes = (deps: LeadsDeps): Routes => {
  const { promises, segments, company } = deps.stores;
  const zoneOf = async () => (await company.read()).zone ?? timeZone.parse('UTC');
  const { today } = visibleLeads(deps);

  return {
    'GET /marketing-promises/{month}': async ({ path }) => {
      const { version, promises: promised } = await promises.ofMonth(path.month);
      return { status: 200, body: { month: path.month, version, promises: promised }, etag: String(version) };
    },
    'PUT /marketing-promises/{month}': async ({ path, body, ifMatch }) => {
      const thisMonth = monthOf(deps.clock.now(), await zoneOf());
      const known = (await segments.current()).segments.map((one) => one.segmentId);
      const about = { thisMonth, segments: known };
      const result = await promises.promise(path.month, body.promises, { about, ...expectedVersion(ifMatch) });
      if ('refused' in result) return { refused: result.refused };
      if (!('changed' in result)) return versionConflict;
      const { state, version } = result.changed;
      return { status: 200, body: { ...state, month: path.month }, etag: String(version) };
    },
    'GET /service-ledger': async ({ query, caller }) => {
      const { scope, company: known } = await today(caller);
      const span = monthSpan(query.month, known.zone ?? timeZone.parse('UTC'));
      const [{ promises: promised }, entries, qualified] = await Promise.all([
        promises.ofMonth(query.month),
        promises.salesIn(span),
        promises.qualifiedIn(span),
      ]);
      const seen = entries.filter((entry) => maySee(scope, entry.ownerId));
      const { sales, bySource, byMarket, marketing } = serviceLedger(
        seen,
        { promises: promised, qualified },
        { ...span, now: deps.clock.now() },
      );
      const body: ServiceLedgerView = {
        month: query.month,
        ...span,
        sales: accountView(sales),
        bySource: bySource.map(({ sourceId, ...account }) => ({ sourceId, ...accountView(account) })),
        byMarket: byMarket.map(({ market, ...account }) => ({ market, ...accountView(account) })),
        marketing: [...marketing],
      };
      return { status: 200, body };
    },
  };
};
