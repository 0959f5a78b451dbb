import { dwellMeasured, type DwellFact, type Happened } from '@meilenstein/contracts';
import { canonicalJson, decided, processId, type Decision } from '@meilenstein/kernel';
import { cohortOf, dwellQuantile, type Cohort, type MonthlyCohort } from './cohort.ts';

/** With fewer customers that went on, their days say nothing. */
const enoughOnward = 30;

export type UsualDwell = { readonly wentOn: number; readonly medianDays: number; readonly usualDays: number };

/** How long customers took who went on: half of them the median, nine in ten the usual days. Undefined if too few went on. */
export const usualDwell = (cohorts: readonly Cohort[]): UsualDwell | undefined => {
  const all = cohortOf(cohorts);
  const wentOn = [...all.onward.values()].reduce((sum, count) => sum + count, 0);
  const [medianDays, usualDays] = [dwellQuantile(all, 0.5), dwellQuantile(all, 0.9)];
  return wentOn < enoughOnward || medianDays === undefined || usualDays === undefined ? undefined : { wentOn, medianDays, usualDays };
};

/** The dwells of a process as they were emitted last; null: not yet. */
export type EmittedDwell = DwellFact['data'] | null;

export const evolveDwell = (_: EmittedDwell, fact: Happened<DwellFact>): EmittedDwell => fact.data;

export const dwellId = (process: string): string => `dwell-${process}`;

const byText = (a: string | null, b: string | null): number => ((a ?? '') < (b ?? '') ? -1 : 1);

/** Emits the dwells of a process where they differ from those that were emitted last. */
export const emitDwell = (emitted: EmittedDwell, process: string, cohorts: readonly MonthlyCohort[]): Decision<DwellFact, never> => {
  const milestones = [
    ...Map.groupBy(
      cohorts.filter((cohort) => cohort.processId === process),
      ({ milestoneId }) => milestoneId,
    ),
  ]
    .toSorted(([a], [b]) => byText(a, b))
    .map(([milestoneId, all]) => ({
      milestoneId,
      process: usualDwell(all) ?? null,
      segments: [...Map.groupBy(all, ({ segment }) => segment)]
        .toSorted(([a], [b]) => byText(a, b))
        .flatMap(([segment, own]) => {
          const dwell = usualDwell(own);
          return dwell === undefined ? [] : [{ segment, ...dwell }];
        }),
    }));
  const measured = { processId: processId.parse(process), milestones };
  return canonicalJson(measured) === canonicalJson(emitted) ? decided() : decided(dwellMeasured.of(measured));
};
