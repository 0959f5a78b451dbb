import {
  envelopeReader,
  processPublished,
  reportingOnFact,
  targetsSet,
  type EnvelopeOf,
  type ReportedEnvelope,
} from '@meilenstein/contracts';
import { addDays, instant, utcDayOf, type Day, type Instant } from '@meilenstein/kernel';
import { projection, queryAll, receivedEvents, type Contribution, type Item, type Machinery, type Withdraw } from '@meilenstein/runtime';
import * as z from 'zod';
import { factsOfEvents } from '../domain/facts-of-events.ts';
import { reportFact, countsAt, type ReportFact, type FactKind } from '../domain/report-fact.ts';
import type { TargetRecords } from '../../kpis/domain/kpi.ts';
import { factsOfDay, factSort, kindPrefix, rowKey, targetKey, targetsPartition } from '../../keys.ts';

/** Raise this when the same events give other facts: the next event of a subject then writes its facts again. */
const revision = 3;

type TargetsEnvelope = EnvelopeOf<typeof targetsSet>;
type ProcessEnvelope = EnvelopeOf<typeof processPublished>;
type FactEnvelope = Exclude<ReportedEnvelope, TargetsEnvelope | ProcessEnvelope>;

/** What facts are made of. The events of targets and of a process replace each other: their rows do not keep them. */
const factEvents = reportingOnFact.receives.filter((event) => event.name !== 'TargetsSet' && event.name !== 'ProcessPublished');

const factItem = z.looseObject({ fact: reportFact });
const targetItem = z.looseObject({ target: targetsSet.data, recordedAt: instant });

/** The facts that the events of one subject contribute. */
const contributions = (events: readonly FactEnvelope[]): readonly Contribution[] =>
  factsOfEvents(events).map((fact, number) => ({
    put: { pk: factsOfDay(utcDayOf(countsAt(fact))), sk: factSort(fact.kind, countsAt(fact), events[0]?.subject ?? '', number), fact },
  }));

const targetOf = ({ subject, sequence, data, recordedAt }: TargetsEnvelope): Item => ({
  ...targetKey(subject, sequence),
  target: data,
  recordedAt,
});

/** Stores the facts of the company, folded from events, and finds them by time. */
export const factStore = (machinery: Machinery) => {
  const facts = projection<FactEnvelope>({ rowKey, revision, event: envelopeReader(factEvents), contributions }, machinery);
  const targets = receivedEvents<TargetsEnvelope>(
    { names: ['TargetsSet'], rowKey, event: envelopeReader([targetsSet]), itemOf: targetOf },
    machinery,
  );
  const processes = receivedEvents<ProcessEnvelope>(
    { names: ['ProcessPublished'], rowKey, event: envelopeReader([processPublished]) },
    machinery,
  );
  const ofDay = async (on: Day, kind?: FactKind): Promise<readonly ReportFact[]> =>
    (await queryAll(machinery.table, { partition: factsOfDay(on), ...(kind === undefined ? {} : { prefix: kindPrefix(kind) }) })).map(
      (item) => factItem.parse(item).fact,
    );

  return {
    fold: async (events: readonly ReportedEnvelope[]): Promise<void> => {
      await targets.fold(events.filter((event) => event.name === 'TargetsSet'));
      await processes.fold(events.filter((event) => event.name === 'ProcessPublished'));
      await facts.fold(events.filter((event) => event.name !== 'TargetsSet' && event.name !== 'ProcessPublished'));
    },
    withdraw: async (items: Parameters<Withdraw>[0], isWithdrawn: Parameters<Withdraw>[1]): Promise<number> =>
      (await targets.withdraw(items, isWithdrawn)) +
      (await processes.withdraw(items, isWithdrawn)) +
      (await facts.withdraw(items, isWithdrawn)),
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
