import { factReader, importStart, type EventDefinition, type FactOf, type ServiceName } from '@meilenstein/contracts';
import { decided } from '@meilenstein/kernel';
import type * as z from 'zod';
import { aggregateStore } from '../aggregate/aggregate.ts';
import type { AuditedAggregate } from '../aggregate/audited-aggregate.ts';
import type { Machinery } from '../aggregate/fold-decision.ts';

type ImportStarted = EventDefinition<string, typeof importStart, z.ZodNever> & { readonly owner: ServiceName };

const schema = importStart.nullable();

/** The starts of imports as history; the progress of an import is none, and expires. */
export type ImportStarts = {
  readonly audited: AuditedAggregate;
  /** starting it again changes nothing */
  readonly record: (importId: z.infer<typeof importStart>['importId'], system: string) => Promise<void>;
};

export const importStarts = (started: ImportStarted, machinery: Machinery): ImportStarts => {
  const store = aggregateStore<z.infer<typeof schema>, FactOf<ImportStarted>>(
    {
      prefix: 'IMPORT',
      owner: started.owner,
      schemaNumber: 1,
      schema,
      initial: null,
      fact: factReader([started]),
      evolve: (_, { data }) => data,
    },
    machinery,
  );
  return {
    audited: store.audited,
    record: async (importId, system) => {
      await store.change(importId, (before) => (before === null ? decided(started.of({ importId, system })) : decided()));
    },
  };
};
