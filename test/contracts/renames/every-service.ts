import type { Renames } from './renames.ts';

export const everyServiceRenames: Renames = {
  codes: {
    'process-is-unknown': 'process-not-found',
    'rep-is-unknown': 'rep-not-found',
    'answer-is-given-once': 'answer-given-once',
    'body-is-too-large': 'body-too-large',
    'evidence-is-missing': 'evidence-missing',
    'field-is-unknown': 'field-not-found',
    'idempotency-key-is-used': 'idempotency-key-reused',
    'if-match-is-missing': 'if-match-missing',
    'import-is-unknown': 'import-not-found',
    'test-does-not-fit': 'test-not-applicable',
    'time-is-in-the-future': 'time-in-future',
    'value-does-not-fit': 'value-invalid',
    'value-is-missing': 'value-missing',
    'version-is-stale': 'version-conflict',
  },
  events: {},
  paths: {},
  fields: {},
};
