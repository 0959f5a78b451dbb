import type { Renames } from './renames.ts';

export const forecastRenames: Renames = {
  codes: {},
  events: {},
  paths: {},
  fields: {},
};
