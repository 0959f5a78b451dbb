import type { Renames } from './renames.ts';

export const pipelineRenames: Renames = {
  codes: {},
  events: {},
  paths: {},
  fields: {},
};
