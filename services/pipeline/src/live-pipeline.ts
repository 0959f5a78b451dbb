import { live, type HttpDeps, type Machinery } from '@meilenstein/runtime';
import { pipelineStores, type Stores } from './stores.ts';

/** The dependencies of every handler of this service. */
export type PipelineDeps = Machinery & HttpDeps & { readonly stores: Stores };

export const livePipeline = (): PipelineDeps => {
  const machinery = live();
  return { ...machinery, stores: pipelineStores(machinery) };
};
