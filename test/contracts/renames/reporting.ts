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
  fields: {
    'fact.kind given-lead': 'fact.kind assigned-lead',
    'fact.kind given-stage': 'fact.kind assigned-stage',
    'fact.kind due': 'fact.kind deadline',
    'fact.kind promise': 'fact.kind commitment',
  },
};
