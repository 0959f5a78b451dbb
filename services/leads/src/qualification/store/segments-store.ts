import { factReader, segmentsPublished, type Segment, type SegmentsFact } from '@meilenstein/contracts';
import { aggregateStore, type Machinery } from '@meilenstein/runtime';
import { evolveSegments, noSegments, publishSegments, segmentsInForce, type SegmentsInForce } from '../domain/segment-versions.ts';
import { prefixes } from '../../keys.ts';

const theMarket = 'MARKET';

export const segmentsStore = (machinery: Machinery) => {
  const store = aggregateStore<SegmentsInForce, SegmentsFact>(
    {
      prefix: prefixes.segments,
      owner: 'leads',
      schemaNumber: 1,
      schema: segmentsInForce,
      initial: noSegments,
      fact: factReader([segmentsPublished]),
      evolve: evolveSegments,
    },
    machinery,
  );
  return {
    audited: store.audited,
    /** the segments in force; version 0: none */
    current: async (): Promise<SegmentsInForce> => (await store.find(theMarket))?.state ?? noSegments,
    publish: (given: readonly Segment[], options: { expectedVersion?: number }) =>
      store.change(theMarket, (state) => publishSegments(state, given), options),
  };
};
export type SegmentsStore = ReturnType<typeof segmentsStore>;
