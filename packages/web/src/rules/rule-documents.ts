import type { Role } from '@meilenstein/contracts';
import { documentOf, type DocumentSource } from '../documents/document-source.ts';
import { copied, type JsonRecord } from '../documents/json.ts';

export type RuleId =
  | 'points'
  | 'qualification'
  | 'segments'
  | 'routing'
  | 'territories'
  | 'service-levels'
  | 'follow-up'
  | 'survivorship'
  | 'retention';

/** A document of rules: where it is read and published, who may do which, and whether it may be published unrehearsed. */
export type RuleDocument = {
  readonly id: RuleId;
  readonly source: DocumentSource;
  readonly readers: readonly Role[];
  readonly publishers: readonly Role[];
  readonly needsRehearsal: boolean;
};

const staff: readonly Role[] = ['operations', 'admin'];
const marketers: readonly Role[] = ['marketing', ...staff];

const withoutPosition = ({ within: _within, descendants: _descendants, ...territory }: JsonRecord): JsonRecord => territory;

const kept = { new: null, working: null, converted: null };

export const ruleDocuments: readonly RuleDocument[] = [
  {
    id: 'points',
    source: documentOf({
      get: 'GET /points',
      put: 'PUT /points',
      documentIn: ({ fit, engagement, grades }) => ({ fit, engagement, grades }),
    }),
    readers: marketers,
    publishers: marketers,
    needsRehearsal: true,
  },
  {
    id: 'qualification',
    source: documentOf({
      get: 'GET /qualification',
      put: 'PUT /qualification',
      documentIn: ({ criteria }) =>
        criteria ?? {
          mql: { field: 'email', test: 'present' },
          sql: { intent: { field: 'bant.need', test: 'present' }, fit: { field: 'company', test: 'present' } },
          categories: [],
        },
    }),
    readers: marketers,
    publishers: marketers,
    needsRehearsal: true,
  },
  {
    id: 'segments',
    source: documentOf({ get: 'GET /segments', put: 'PUT /segments', documentIn: ({ segments }) => ({ segments }) }),
    readers: marketers,
    publishers: marketers,
    needsRehearsal: false,
  },
  {
    id: 'routing',
    source: documentOf({ get: 'GET /routing', put: 'PUT /routing', documentIn: ({ rules, queue }) => ({ rules, queue }) }),
    readers: marketers,
    publishers: staff,
    needsRehearsal: true,
  },
  {
    id: 'territories',
    source: documentOf({
      get: 'GET /territories',
      put: 'PUT /territories',
      documentIn: ({ territories }) => ({ territories: copied<readonly JsonRecord[]>(territories).map(withoutPosition) }),
    }),
    readers: marketers,
    publishers: staff,
    needsRehearsal: false,
  },
  {
    id: 'service-levels',
    source: documentOf({ get: 'GET /service-levels', put: 'PUT /service-levels', documentIn: ({ levels }) => ({ levels }) }),
    readers: marketers,
    publishers: staff,
    needsRehearsal: false,
  },
  {
    id: 'follow-up',
    source: documentOf({
      get: 'GET /follow-up-sequences',
      put: 'PUT /follow-up-sequences',
      documentIn: ({ sequences }) => ({ sequences }),
    }),
    readers: marketers,
    publishers: marketers,
    needsRehearsal: false,
  },
  {
    id: 'survivorship',
    source: documentOf({ get: 'GET /survivorship', put: 'PUT /survivorship', documentIn: ({ rules }) => rules }),
    readers: marketers,
    publishers: staff,
    needsRehearsal: false,
  },
  {
    id: 'retention',
    source: documentOf({ get: 'GET /retention', put: 'PUT /retention', documentIn: ({ days }) => ({ ...kept, ...days }) }),
    readers: staff,
    publishers: staff,
    needsRehearsal: false,
  },
];

const hasRole = (allowed: readonly Role[], roles: readonly Role[]): boolean => allowed.some((role) => roles.includes(role));

export const mayReadRule = ({ readers }: RuleDocument, roles: readonly Role[]): boolean => hasRole(readers, roles);

export const mayPublishRule = ({ publishers }: RuleDocument, roles: readonly Role[]): boolean => hasRole(publishers, roles);
