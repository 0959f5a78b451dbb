import { live, type HttpDeps, type Machinery } from '@meilenstein/runtime';
import { pipelineStores, type Stores } from './stores.ts';

/** What every handler of this service needs. */
export type PipelineDeps = Machinery & HttpDeps & { readonly stores: Stores };

export const livePipeline = (): PipelineDeps => {
  const machinery = live();
  return { ...machinery, stores: pipelineStores(machinery) };
};
