import type { Renames } from './renames.ts';

export const reportingRenames: Renames = {
  codes: {},
  events: {},
  paths: {},
  fields: {},
};
