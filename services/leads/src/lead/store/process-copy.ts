import type { ProcessId } from '@meilenstein/kernel';
import type { Table } from '@meilenstein/runtime';
import { processKey } from '../../keys.ts';

/** Which sales processes were published; once published, a process stays. */
export const processCopy = ({ table }: { readonly table: Table }) => ({
  /** may be called any number of times and in any order */
  learn: async (id: ProcessId): Promise<void> => {
    await table.transact([{ put: processKey(id) }]);
  },
  isPublished: async (id: ProcessId): Promise<boolean> => (await table.get(processKey(id))) !== undefined,
});
export type ProcessCopy = ReturnType<typeof processCopy>;
