import type { Renames } from './renames.ts';

export const quotaRenames: Renames = {
  codes: {},
  events: {},
  paths: {},
  fields: {},
};
