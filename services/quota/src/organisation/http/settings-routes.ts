import { settings as settingsSchema, settingsReachAllMillis, type HandlersOf, type quotaApi, type Settings } from '@meilenstein/contracts';
import { addMillis, refused } from '@meilenstein/kernel';
import { versionConflict } from '@meilenstein/runtime';
import { alignSettings, checkSettings } from '../domain/company-settings.ts';
import { currentCompany } from './current-company.ts';
import { toCompany, type CompanyNodes, type PartNode } from '../store/company-store.ts';
import { documentEtag, matchesEtag } from '../../documents/http/document-etag.ts';
import type { QuotaDeps } from '../../live-quota.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /settings' | 'PUT /settings'>;

const toDocument = (nodes: CompanyNodes): Settings | undefined => {
  const { zone, reportingCurrency, calendars, holidays, rates, closesAfterDays } = toCompany(nodes);
  const newest = calendars[0];
  if (zone === null || reportingCurrency === null || newest === undefined) return undefined;
  return settingsSchema.parse({
    zone,
    reportingCurrency,
    calendar: newest.calendar,
    calendarEffectiveFrom: newest.effectiveFrom,
    holidays,
    rates,
    closesAfterDays,
  });
};

/** The parts after a change; changed parts replace those that were read, because an index may be behind. */
const withChanged = (parts: readonly PartNode[], changed: readonly PartNode[]): readonly PartNode[] => [
  ...parts.filter((part) => !changed.some((one) => one.subject === part.subject)),
  ...changed,
];

export const settingsRoutes = (deps: QuotaDeps): Routes => {
  const { company, hasPlans } = deps.stores;
  const read = async () => {
    const body = toDocument(await company.nodes());
    if (body === undefined)
      return refused('settings-not-found', 'there are no settings yet; create them with PUT /settings and `If-None-Match: *`');
    return { status: 200 as const, body, etag: documentEtag(body) };
  };
  return {
    'GET /settings': read,
    'PUT /settings': async ({ body, ifMatch }) => {
      const { nodes, company: before, today } = await currentCompany(deps);
      const document = toDocument(nodes);
      if (!matchesEtag(ifMatch, document, document === undefined)) return versionConflict;
      const settingsNow = { ...before, today, hasTargets: await hasPlans() };
      const refusal = checkSettings(body, settingsNow);
      if (refusal !== undefined) return { refused: refusal };
      const changed: PartNode[] = [];
      for (const [subject, align] of alignSettings(body, settingsNow, Object.keys(before.holidays))) {
        const known = nodes.parts.find((one) => one.subject === subject);
        const result = await company.settings.change(subject, align, { expectedVersion: known?.version ?? 0 });
        if (!('changed' in result)) return versionConflict;
        changed.push({ subject, part: result.changed.state, version: result.changed.version });
      }
      const after = toDocument({ ...nodes, parts: withChanged(nodes.parts, changed) });
      if (after === undefined) throw new Error('the settings are missing right after they were written');
      return {
        status: 200,
        body: after,
        etag: documentEtag(after),
        headers: { 'usable-from': addMillis(deps.clock.now(), settingsReachAllMillis) },
      };
    },
  };
};
