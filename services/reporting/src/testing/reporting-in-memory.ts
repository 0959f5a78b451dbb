import {
  calendarPublished,
  repJoined,
  settingsChanged,
  teamChanged,
  teamDissolved,
  type Fact,
  type ReportedEnvelope,
} from '@meilenstein/contracts';
import { currency, day, repId, teamId, timeZone, type FiscalCalendar } from '@meilenstein/kernel';
import type { Bucket } from '@meilenstein/runtime';
import { memoryBucket } from '@meilenstein/runtime/testing/memory-bucket';
import { batchOf, callOf, inMemory } from '@meilenstein/runtime/testing/in-memory';
import { reportingStores, withReports } from '../stores.ts';
import { onCompanyChanged } from '../facts/events/on-company-changed.ts';
import { onFact } from '../facts/events/on-fact.ts';
import { reportingApi } from '../reports/http/reporting-api.ts';
import { weeklyReport } from '../reports/events/weekly-report.ts';

/** The clock starts on a Monday at 05:00 in Berlin, after the week from Monday 2026-03-02 to Sunday 2026-03-08. */
export const monday = '2026-03-09T04:00:00.000Z';
export const week = '2026-W10';

const from = day.parse('2026-01-01');
type CompanyChange = readonly [subject: string, fact: Fact];

export const team = (id: string, name = `Team ${id}`): CompanyChange => [
  id,
  teamChanged.of({ teamId: teamId.parse(id), name, parentTeamId: null, managers: [], effectiveFrom: from }),
];
export const gone = (id: string): CompanyChange => [id, teamDissolved.of({ teamId: teamId.parse(id), effectiveFrom: from })];
export const joined = (id: string, of: string): CompanyChange => [
  id,
  repJoined.of({ repId: repId.parse(id), repCode: `=${id}`, role: 'rep', teamId: teamId.parse(of), loginSubject: id, effectiveFrom: from }),
];
export const calendarOf = (calendar: FiscalCalendar): CompanyChange => [
  'calendar',
  calendarPublished.of({ calendar, effectiveFrom: from }),
];
const settings: CompanyChange = [
  'settings',
  settingsChanged.of({ zone: timeZone.parse('Europe/Berlin'), reportingCurrency: currency.parse('EUR') }),
];

/** The whole service in one process on memory, with the teams north (ann) and south (bob). `through` may break the bucket. */
export const reportingInMemory = async (through: (bucket: Bucket) => Bucket = (bucket) => bucket) => {
  const machinery = inMemory(monday);
  const bucket = memoryBucket(machinery.clock);
  const deps = { ...machinery, stores: withReports(reportingStores(machinery), through(bucket)) };
  const sequences = new Map<string, number>();
  /** the events of quota at a moment */
  const changeCompany = (at: string, ...changes: readonly CompanyChange[]) => {
    const events = changes.map(([subject, fact]) => {
      const sequence = (sequences.get(subject) ?? 0) + 1;
      sequences.set(subject, sequence);
      const times = { occurredAt: at, recordedAt: at, storedAt: at };
      return { ...fact, ...times, id: `${subject}-${sequence}`, subject, sequence, origin: 'live', correlationId: 'c', causedBy: null };
    });
    return onCompanyChanged(deps, machinery.consumer)(batchOf(...events));
  };
  await changeCompany('2026-01-02T00:00:00.000Z', team('north'), team('south'), joined('ann', 'north'), joined('bob', 'south'), settings);
  return {
    ...deps,
    bucket,
    changeCompany,
    call: callOf(reportingApi(deps)),
    receive: (...events: readonly ReportedEnvelope[]) => onFact(deps, machinery.consumer)(batchOf(...events)),
    weekly: (scheduledTime = monday) => weeklyReport(deps)({ scheduledTime }),
    text: (key: string) => Buffer.from(bucket.objects.get(key) ?? []).toString('utf8'),
    keys: () => [...bucket.objects.keys()].toSorted(),
  };
};
