import { settings as settingsSchema, type HandlersOf, type quotaApi, type Settings } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { versionIsStale } from '@meilenstein/runtime';
import { alignSettings, complainAboutSettings } from '../domain/company-settings.ts';
import { toCompany, type CompanyNodes } from '../store/company-store.ts';
import { documentEtag, fits } from './document-etag.ts';
import type { QuotaDeps } from './live-quota.ts';

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

export const settingsRoutes = ({ shelves: { company } }: QuotaDeps): Routes => {
  const read = async () => {
    const body = toDocument(await company.nodes());
    if (body === undefined) return refused('settings-are-not-made-yet', 'PUT /settings with `If-None-Match: *` makes them');
    return { status: 200 as const, body, etag: documentEtag(body) };
  };
  return {
    'GET /settings': read,
    'PUT /settings': async ({ body, ifMatch }) => {
      const nodes = await company.nodes();
      const document = toDocument(nodes);
      if (!fits(ifMatch, document, document === undefined)) return versionIsStale;
      const complaint = complainAboutSettings(body, document?.reportingCurrency);
      if (complaint !== undefined) return complaint;
      for (const [subject, align] of alignSettings(body)) {
        const known = nodes.parts.find((one) => one.subject === subject);
        const result = await company.settings.change(subject, align, { expectedVersion: known?.version ?? 0 });
        if (!('changed' in result)) return versionIsStale;
      }
      return { status: 200, body, etag: documentEtag(body) };
    },
  };
};
