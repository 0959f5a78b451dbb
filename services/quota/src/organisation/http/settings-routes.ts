import { settings as settingsSchema, type HandlersOf, type quotaApi, type Settings } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { versionConflict } from '@meilenstein/runtime';
import { alignSettings, complainAboutSettings } from '../domain/company-settings.ts';
import { companyToday } from './company-today.ts';
import { toCompany, type CompanyNodes, type PartNode } from '../store/company-store.ts';
import { documentEtag, fits } from '../../documents/http/document-etag.ts';
import type { QuotaDeps } from '../../live-quota.ts';

type Routes = Pick<HandlersOf<typeof quotaApi>, 'GET /settings' | 'PUT /settings'>;

const toDocument = (nodes: CompanyNodes): Settings | undefined => {
  const { zone, reportingCurrency, calendars, holidays, rates } = toCompany(nodes);
  const newest = calendars[0];
  if (zone === null || reportingCurrency === null || newest === undefined) return undefined;
  return settingsSchema.parse({
    zone,
    reportingCurrency,
    calendar: newest.calendar,
    calendarEffectiveFrom: newest.effectiveFrom,
    holidays,
    rates,
  });
};

/** The parts after a change: what was changed in place of what was read, whether an index knows it yet or not. */
const withChanged = (parts: readonly PartNode[], changed: readonly PartNode[]): readonly PartNode[] => [
  ...parts.filter((part) => !changed.some((one) => one.subject === part.subject)),
  ...changed,
];

export const settingsRoutes = (deps: QuotaDeps): Routes => {
  const { company, hasPlans } = deps.stores;
  const read = async () => {
    const body = toDocument(await company.nodes());
    if (body === undefined) return refused('settings-not-found', 'PUT /settings with `If-None-Match: *` makes them');
    return { status: 200 as const, body, etag: documentEtag(body) };
  };
  return {
    'GET /settings': read,
    'PUT /settings': async ({ body, ifMatch }) => {
      const { nodes, company: before, today } = await companyToday(deps);
      const document = toDocument(nodes);
      if (!fits(ifMatch, document, document === undefined)) return versionConflict;
      const now = { ...before, today, hasTargets: await hasPlans() };
      const complaint = complainAboutSettings(body, now);
      if (complaint !== undefined) return complaint;
      const changed: PartNode[] = [];
      for (const [subject, align] of alignSettings(body, now, Object.keys(before.holidays))) {
        const known = nodes.parts.find((one) => one.subject === subject);
        const result = await company.settings.change(subject, align, { expectedVersion: known?.version ?? 0 });
        if (!('changed' in result)) return versionConflict;
        changed.push({ subject, part: result.changed.state, version: result.changed.version });
      }
      const after = toDocument({ ...nodes, parts: withChanged(nodes.parts, changed) });
      if (after === undefined) throw new Error('the settings are not there after they were put');
      return { status: 200, body: after, etag: documentEtag(after) };
    },
  };
};
