import { envelopeReader, reportingOnFact, targetsSet, type ReportedEnvelope } from '@meilenstein/contracts';
import { addDays, instant, utcDayOf, type Day, type Instant } from '@meilenstein/kernel';
import { projection, queryAll, type Contribution, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { countablesOf } from '../domain/facts.ts';
import { countable, countsAt, type Countable, type Kind } from '../domain/countable.ts';
import type { Targets } from '../../kpis/domain/kpi.ts';
import { factsOfDay, factSort, kindPrefix, rowKey, targetKey, targetsPartition } from '../../keys.ts';

/** Raised where the same events mean other facts: hearing an event of a subject again then writes its facts anew. */
const revision = 2;

const factItem = z.looseObject({ fact: countable });
const targetItem = z.looseObject({ target: targetsSet.data, recordedAt: instant });

/** What one subject's events mean: countable facts, and for a plan's node its targets, version by version. */
const contributions = (events: readonly ReportedEnvelope[]): readonly Contribution[] => [
  ...countablesOf(events).map((fact, number) => ({
    put: { pk: factsOfDay(utcDayOf(countsAt(fact))), sk: factSort(fact.kind, countsAt(fact), events[0]?.subject ?? '', number), fact },
  })),
  ...events.flatMap((event) =>
    event.name === 'TargetsSet'
      ? [{ put: { ...targetKey(event.subject, event.sequence), target: event.data, recordedAt: event.recordedAt } }]
      : [],
  ),
];

/** The facts of the company: folded from events, asked for by time. */
export const factStore = (machinery: Machinery) => {
  const facts = projection<ReportedEnvelope>(
    { rowKey, revision, event: envelopeReader(reportingOnFact.receives), contributions },
    machinery,
  );
  const ofDay = async (on: Day, kind?: Kind): Promise<readonly Countable[]> =>
    (await queryAll(machinery.table, { partition: factsOfDay(on), ...(kind === undefined ? {} : { prefix: kindPrefix(kind) }) })).map(
      (item) => factItem.parse(item).fact,
    );

  return {
    fold: facts.fold,
    /** everything that counts in [from, until), or of one kind */
    between: async (from: Instant, until: Instant, kind?: Kind): Promise<readonly Countable[]> => {
      const days: Day[] = [];
      for (let on = utcDayOf(from); on <= utcDayOf(until); on = addDays(on, 1)) days.push(on);
      const found: Countable[] = [];
      // Ten days at a time: a report of a quarter must not open a hundred connections.
      for (let begin = 0; begin < days.length; begin += 10)
        found.push(...(await Promise.all(days.slice(begin, begin + 10).map((on) => ofDay(on, kind)))).flat());
      return found.filter((fact) => from <= countsAt(fact) && countsAt(fact) < until);
    },
    targets: async (): Promise<Targets> =>
      (await queryAll(machinery.table, { partition: targetsPartition })).map((item) => {
        const { target, recordedAt } = targetItem.parse(item);
        return { ...target, recordedAt };
      }),
  };
};
