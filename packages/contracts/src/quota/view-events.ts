import { teamId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../define-event.ts';

const owner = 'quota';

export const viewId = z.string().regex(/^[A-Za-z0-9_-]{1,80}$/, 'is an id of letters, digits, - and _');
export const viewList = z.enum(['opportunities', 'leads']);

const filterNames = z.enum([
  'view',
  'process',
  'reached',
  'status',
  'owner',
  'team',
  'queue',
  'whose',
  'grade',
  'segment',
  'source',
  'minAmount',
  'maxAmount',
  'stalled',
  'sort',
]);

/** What narrows and orders a list: ids and words of the API only. */
export const viewFilter = z.partialRecord(filterNames, z.string().regex(/^[\p{L}\p{N} _:.&/-]{1,80}$/u, 'is an id or a word of the API'));

export const viewSaved = defineEvent({
  name: 'ViewSaved',
  owner,
  version: 1,
  meaning: 'Somebody saved a view of a list, or changed it. Its name stays in quota.',
  data: z.object({
    viewId,
    list: viewList,
    filter: viewFilter,
    /** the team that it is shared with; null: nobody else sees it */
    teamId: teamId.nullable(),
    /** the subject of the token of the person; opaque */
    loginSubject: z.string().min(1).max(200),
  }),
  confidential: z.object({ name: z.string().min(1).max(60) }),
});

export const viewDeleted = defineEvent({
  name: 'ViewDeleted',
  owner,
  version: 1,
  meaning: 'Somebody deleted a view of a list.',
  data: z.object({ viewId }),
});

export type ViewFact = FactOf<typeof viewSaved | typeof viewDeleted>;
export type SavedView = z.infer<typeof viewSaved.data>;
