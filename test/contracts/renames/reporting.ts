import type { Renames } from './renames.ts';

export const reportingRenames: Renames = {
  codes: {
    'file-is-unknown': 'file-not-found',
    'period-has-not-ended': 'period-not-ended',
    'report-is-unknown': 'report-not-found',
    'run-is-unknown': 'run-not-found',
  },
  events: {},
  paths: {},
  fields: {},
};
