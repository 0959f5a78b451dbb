import { currency, instant, repId } from '@meilenstein/kernel';
import {
  factReader,
  forecastNode,
  forecastWindow,
  judgementMade,
  type ForecastNode,
  type JudgementFact,
  type WindowKind,
} from '@meilenstein/contracts';
import { aggregateStore, partitionPages, type AggregateStore, type Machinery, type PageRequest } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolveJudgement, type Judgement } from '../domain/judgement.ts';
import { keys } from '../../keys.ts';

// The reason is free text. It is confidential in the event; the state is never published.
const schema = z
  .object({
    node: forecastNode,
    window: forecastWindow,
    currency,
    versions: z.array(
      z.object({
        judgementVersion: z.int(),
        minor: z.int(),
        madeBy: repId.nullable(),
        computed: z.int(),
        madeAt: instant,
        reason: z.string().nullable(),
      }),
    ),
  })
  .nullable();

export type JudgementStore = AggregateStore<Judgement, JudgementFact> & {
  /** a page of the judgements of a node for one kind of window, newest window first. Throws InvalidCursor for a foreign cursor */
  readonly page: (
    about: { readonly node: ForecastNode; readonly kind: WindowKind },
    request: PageRequest,
  ) => Promise<{ readonly items: readonly NonNullable<Judgement>[]; readonly next: string | null }>;
};

/** Managers' own figures, one aggregate for each node and window. */
export const judgementStore = (machinery: Machinery): JudgementStore => {
  const pages = partitionPages(machinery.table, 'gsi1');
  const store = aggregateStore<Judgement, JudgementFact>(
    {
      prefix: 'JUDGEMENT',
      owner: 'forecast',
      schemaNumber: 1,
      schema,
      initial: null,
      fact: factReader([judgementMade]),
      audited: (judgement) => judgement?.versions.at(-1),
      evolve: evolveJudgement,
      index: (judgement) =>
        judgement === null ? {} : { gsi1pk: keys.judgementsOf(judgement.node, judgement.window.kind), gsi1sk: judgement.window.from },
    },
    machinery,
  );
  return {
    ...store,
    page: async ({ node, kind }, request) => {
      const { items, next } = await pages([keys.judgementsOf(node, kind)], request);
      return { items: items.flatMap((item) => store.read(item).state ?? []), next };
    },
  };
};
