import { envelopeReader, reportingOnFact, targetsSet, type ReportedEnvelope } from '@meilenstein/contracts';
import { addDays, instant, utcDayOf, type Day, type Instant } from '@meilenstein/kernel';
import { projection, queryAll, type Contribution, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { factsOfEvents } from '../domain/facts-of-events.ts';
import { reportFact, countsAt, type ReportFact, type FactKind } from '../domain/report-fact.ts';
import type { TargetRecords } from '../../kpis/domain/kpi.ts';
import { factsOfDay, factSort, kindPrefix, rowKey, targetKey, targetsPartition } from '../../keys.ts';

/** Raise this when the same events give other facts: the next event of a subject then writes its facts again. */
const revision = 2;

const factItem = z.looseObject({ fact: reportFact });
const targetItem = z.looseObject({ target: targetsSet.data, recordedAt: instant });

/** The items that the events of one subject contribute: its facts, and the targets of a node version by version. */
const contributions = (events: readonly ReportedEnvelope[]): readonly Contribution[] => [
  ...factsOfEvents(events).map((fact, number) => ({
    put: { pk: factsOfDay(utcDayOf(countsAt(fact))), sk: factSort(fact.kind, countsAt(fact), events[0]?.subject ?? '', number), fact },
  })),
  ...events.flatMap((event) =>
    event.name === 'TargetsSet'
      ? [{ put: { ...targetKey(event.subject, event.sequence), target: event.data, recordedAt: event.recordedAt } }]
      : [],
  ),
];

/** Stores the facts of the company, folded from events, and finds them by time. */
export const factStore = (machinery: Machinery) => {
  const facts = projection<ReportedEnvelope>(
    { rowKey, revision, event: envelopeReader(reportingOnFact.receives), contributions },
    machinery,
  );
  const ofDay = async (on: Day, kind?: FactKind): Promise<readonly ReportFact[]> =>
    (await queryAll(machinery.table, { partition: factsOfDay(on), ...(kind === undefined ? {} : { prefix: kindPrefix(kind) }) })).map(
      (item) => factItem.parse(item).fact,
    );

  return {
    fold: facts.fold,
    withdraw: facts.withdraw,
    /** all facts that count in [from, until), or those of one kind */
    between: async (from: Instant, until: Instant, kind?: FactKind): Promise<readonly ReportFact[]> => {
      const days: Day[] = [];
      for (let on = utcDayOf(from); on <= utcDayOf(until); on = addDays(on, 1)) days.push(on);
      const found: ReportFact[] = [];
      // Ten days at a time, so that a report of a quarter does not open a hundred connections.
      for (let begin = 0; begin < days.length; begin += 10)
        found.push(...(await Promise.all(days.slice(begin, begin + 10).map((on) => ofDay(on, kind)))).flat());
      return found.filter((fact) => from <= countsAt(fact) && countsAt(fact) < until);
    },
    targets: async (): Promise<TargetRecords> =>
      (await queryAll(machinery.table, { partition: targetsPartition })).map((item) => {
        const { target, recordedAt } = targetItem.parse(item);
        return { ...target, recordedAt };
      }),
  };
};
