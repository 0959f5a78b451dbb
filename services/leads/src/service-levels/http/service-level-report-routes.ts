import type { HandlersOf, leadsApi, ServiceLevelReportView } from '@meilenstein/contracts';
import { timeZone } from '@meilenstein/kernel';
import { answerChange, expectedVersion, maySee } from '@meilenstein/runtime';
import { monthOf, monthSpan } from '../domain/month.ts';
import { serviceLevelReport, type Compliance } from '../domain/service-level-report.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { visibleLeads } from '../../lead/http/visible-lead.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  'GET /volume-commitments/{month}' | 'PUT /volume-commitments/{month}' | 'GET /service-level-report'
>;

const seconds = (millis: number | null): number | null => (millis === null ? null : Math.round(millis / 1000));

const accountView = ({ due, kept, missed, speed }: Compliance): ServiceLevelReportView['sales'] => ({
  due,
  kept,
  missed: [...missed],
  speed: { answered: speed.answered, medianSeconds: seconds(speed.medianMillis), p90Seconds: seconds(speed.p90Millis) },
});

/** Volume commitments, and the service-level report. */
export const serviceLevelReportRoutes = (deps: LeadsDeps): Routes => {
  const { volumeCommitments, segments, company } = deps.stores;
  const zoneOf = async () => (await company.read()).zone ?? timeZone.parse('UTC');
  const { today } = visibleLeads(deps);

  return {
    'GET /volume-commitments/{month}': async ({ path }) => {
      const { version, commitments: committed } = await volumeCommitments.ofMonth(path.month);
      return { status: 200, body: { month: path.month, version, commitments: committed }, etag: String(version) };
    },
    'PUT /volume-commitments/{month}': async ({ path, body, ifMatch }) => {
      const thisMonth = monthOf(deps.clock.now(), await zoneOf());
      const known = (await segments.current()).segments.map((one) => one.segmentId);
      const about = { thisMonth, segments: known };
      const result = await volumeCommitments.commit(path.month, body.commitments, { about, ...expectedVersion(ifMatch) });
      return answerChange(result, ({ state, version }) => ({ status: 200, body: { ...state, month: path.month }, etag: String(version) }));
    },
    'GET /service-level-report': async ({ query, caller }) => {
      const { scope, company: known } = await today(caller);
      const span = monthSpan(query.month, known.zone ?? timeZone.parse('UTC'));
      const [{ commitments: committed }, entries, qualified] = await Promise.all([
        volumeCommitments.ofMonth(query.month),
        volumeCommitments.serviceLevelsIn(span),
        volumeCommitments.qualifiedIn(span),
      ]);
      const seen = entries.filter((entry) => maySee(scope, entry.ownerId));
      const { sales, bySource, byMarket, marketing } = serviceLevelReport(
        seen,
        { commitments: committed, qualified },
        { ...span, now: deps.clock.now() },
      );
      const body: ServiceLevelReportView = {
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
