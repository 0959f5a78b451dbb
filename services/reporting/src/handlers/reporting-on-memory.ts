import { repJoined, settingsChanged, teamChanged, type ReportedEnvelope } from '@meilenstein/contracts';
import { currency, day, repId, teamId, timeZone, toInstant } from '@meilenstein/kernel';
import type { Bucket } from '@meilenstein/runtime';
import { memoryBucket } from '@meilenstein/runtime/memory-bucket';
import { batchOf, callOf, onMemory } from '@meilenstein/runtime/on-memory';
import { reportingShelves, withReports } from '../store/shelves.ts';
import { onCompanyChanged } from './on-company-changed.ts';
import { onFact } from './on-fact.ts';
import { reportingApi } from './reporting-api.ts';
import { weeklyReport } from './weekly-report.ts';

/** The week from Monday 2026-03-02 to Sunday 2026-03-08 has ended when this clock begins: Monday 05:00 in Berlin. */
export const monday = '2026-03-09T04:00:00.000Z';
export const week = '2026-W10';

/** The whole service in one process on memory, with the teams north (ann) and south (bob). `through` may break the bucket. */
export const reportingOnMemory = async (through: (bucket: Bucket) => Bucket = (bucket) => bucket) => {
  const machinery = onMemory(monday);
  const bucket = memoryBucket(machinery.clock);
  const deps = { ...machinery, shelves: withReports(reportingShelves(machinery), through(bucket)) };
  const at = toInstant('2026-01-02T00:00:00Z');
  const from = day.parse('2026-01-01');
  const told = (subject: string, event: object) => ({
    id: `told-${subject}`,
    subject,
    sequence: 1,
    storedAt: at,
    origin: 'live',
    correlationId: 'c',
    causedBy: null,
    ...event,
    occurredAt: at,
    recordedAt: at,
  });
  const joined = (id: string, of: string) =>
    told(
      id,
      repJoined.of({
        repId: repId.parse(id),
        repCode: `=${id}`,
        role: 'rep',
        teamId: teamId.parse(of),
        loginSubject: id,
        effectiveFrom: from,
      }),
    );
  const team = (id: string) =>
    told(id, teamChanged.of({ teamId: teamId.parse(id), name: `Team ${id}`, parentTeamId: null, managers: [], effectiveFrom: from }));
  const settings = told(
    'settings',
    settingsChanged.of({ zone: timeZone.parse('Europe/Berlin'), reportingCurrency: currency.parse('EUR') }),
  );
  await onCompanyChanged(
    deps,
    machinery.door,
  )(batchOf(team('north'), team('south'), joined('ann', 'north'), joined('bob', 'south'), settings));
  return {
    ...deps,
    bucket,
    call: callOf(reportingApi(deps)),
    hear: (...events: readonly ReportedEnvelope[]) => onFact(deps, machinery.door)(batchOf(...events)),
    weekly: (scheduledTime = monday) => weeklyReport(deps)({ scheduledTime }),
    text: (key: string) => Buffer.from(bucket.objects.get(key) ?? []).toString('utf8'),
    keys: () => [...bucket.objects.keys()].toSorted(),
  };
};
