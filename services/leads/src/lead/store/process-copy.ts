import type { ProcessId } from '@meilenstein/kernel';
import { writeAll, type WritableTable } from '@meilenstein/runtime';
import { processKey } from '../../keys.ts';

/** Which sales processes were published; once published, a process stays. */
export const processCopy = (machinery: WritableTable) => ({
  /** may be called any number of times and in any order */
  learn: async (id: ProcessId): Promise<void> => {
    await writeAll(machinery, [{ put: processKey(id) }]);
  },
  isPublished: async (id: ProcessId): Promise<boolean> => (await machinery.table.get(processKey(id))) !== undefined,
});
export type ProcessCopy = ReturnType<typeof processCopy>;
