import type { Renames } from './renames.ts';

export const leadsRenames: Renames = {
  codes: {},
  events: {},
  paths: {},
  fields: {},
};
