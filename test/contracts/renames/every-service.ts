import type { Renames } from './renames.ts';

export const everyServiceRenames: Renames = {
  codes: {
    'field-is-unknown': 'field-not-found',
    'test-does-not-fit': 'test-not-applicable',
    'value-does-not-fit': 'value-invalid',
  },
  events: {},
  paths: {},
  fields: {},
};
