import type { ProcessShape } from '@meilenstein/forecasting/input/forecast-input';

export type ProcessVersion = { readonly processId: string; readonly version: number; readonly milestoneIds: readonly string[] };

/** The newest version of each process, by id. */
export const newestVersions = (processes: readonly ProcessVersion[]): readonly ProcessVersion[] =>
  [...Map.groupBy(processes, (process) => process.processId).values()]
    .flatMap((versions) => versions.toSorted((a, b) => b.version - a.version).slice(0, 1))
    .toSorted((a, b) => (a.processId < b.processId ? -1 : 1));

/** Inserts each milestone that only an older version has after its predecessor in that version. */
const withOlder = (known: readonly string[], older: readonly string[]): readonly string[] =>
  older.reduce<readonly string[]>((all, id, index) => {
    if (all.includes(id)) return all;
    const before = older.slice(0, index).findLast((one) => all.includes(one));
    const at = before === undefined ? 0 : all.indexOf(before) + 1;
    return [...all.slice(0, at), id, ...all.slice(at)];
  }, known);

/**
 * Processes in the engine's form: the milestones in sequence without the last one, which is the order itself. Opportunities stay on the
 * version they began with, so milestones of older versions keep their positions. Unpublished processes have no milestones.
 */
export const shapesOf = (versions: readonly ProcessVersion[], inUse: readonly string[]): readonly ProcessShape[] => {
  const byProcess = Map.groupBy(versions, (one) => one.processId);
  return [...new Set([...byProcess.keys(), ...inUse])].toSorted().map((processId) => {
    const newestFirst = (byProcess.get(processId) ?? []).toSorted((a, b) => b.version - a.version);
    const ids = newestFirst.map((one) => one.milestoneIds.slice(0, -1)).reduce<readonly string[]>(withOlder, []);
    return { processId, milestones: ids.map((milestone) => ({ milestone, conversion: null, medianDays: null })) };
  });
};
