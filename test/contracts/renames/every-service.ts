import type { Renames } from './renames.ts';

export const everyServiceRenames: Renames = {
  codes: {},
  events: {},
  paths: {},
  fields: {},
};
