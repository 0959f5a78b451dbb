import { currency, instant, repId } from '@meilenstein/kernel';
import { factReader, forecastNode, forecastWindow, judgementMade, type JudgementFact } from '@meilenstein/contracts';
import { aggregateStore, type AggregateStore, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { evolveJudgement, type Judgement } from '../domain/judgement.ts';
import { keys } from './keys.ts';

// The reason is somebody's free text: it lies in the confidential part, the state beside it is the owner's too.
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

export type JudgementStore = AggregateStore<Judgement, JudgementFact>;

/** Managers' own figures, one aggregate for each node and window. */
export const judgementStore = (machinery: Machinery): JudgementStore =>
  aggregateStore<Judgement, JudgementFact>(
    {
      prefix: 'JUDGEMENT',
      owner: 'forecast',
      schemaNumber: 1,
      schema,
      initial: null,
      fact: factReader([judgementMade]),
      evolve: evolveJudgement,
      index: (judgement) =>
        judgement === null ? {} : { gsi1pk: keys.judgementsOf(judgement.node, judgement.window.kind), gsi1sk: judgement.window.from },
    },
    machinery,
  );
