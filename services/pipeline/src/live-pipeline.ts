import { live, type HttpDeps, type Machinery } from '@meilenstein/runtime';
import { pipelineShelves, type Shelves } from './shelves.ts';

/** What every handler of this service needs. */
export type PipelineDeps = Machinery & HttpDeps & { readonly shelves: Shelves };

export const livePipeline = (): PipelineDeps => {
  const machinery = live();
  return { ...machinery, shelves: pipelineShelves(machinery) };
};
