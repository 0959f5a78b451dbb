import type { HandlersOf, leadsApi } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import type { KeptSubmission, Submission } from '../domain/submission.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { notQuarantined, quarantine } from './quarantine.ts';

type Routes = Pick<
  HandlersOf<typeof leadsApi>,
  | 'GET /submissions'
  | 'GET /submissions/{submissionId}'
  | 'POST /submissions/{submissionId}/release'
  | 'POST /submissions/{submissionId}/purge'
>;

const submissionNotFound = refused('submission-not-found', 'submissionId: no submission has this id');

const viewOf = ({ released: _released, fetched: _fetched, ...view }: KeptSubmission) => view;
const isKept = (state: Submission): state is KeptSubmission => state.status !== 'none';

export const submissionRoutes = (deps: LeadsDeps): Routes => {
  const { submissions } = deps.stores;
  const { view } = quarantine(deps);
  return {
    'GET /submissions': async ({ query }) => {
      const page = await submissions.inQuarantine(query);
      return { status: 200, body: { items: page.items.map(viewOf), next: page.next } };
    },
    'GET /submissions/{submissionId}': async ({ path, caller }) => {
      const body = await view(path.submissionId, caller);
      return body === undefined ? notQuarantined : { status: 200, body };
    },
    'POST /submissions/{submissionId}/release': async ({ path }) => {
      const result = await submissions.release(path.submissionId);
      if ('refused' in result) return { refused: result.refused };
      const { state } = result.changed;
      return isKept(state) ? { status: 202, body: viewOf(state) } : submissionNotFound;
    },
    'POST /submissions/{submissionId}/purge': async ({ path }) => {
      const result = await submissions.purge(path.submissionId);
      if ('refused' in result) return { refused: result.refused };
      const { state } = result.changed;
      return isKept(state) ? { status: 200, body: viewOf(state) } : submissionNotFound;
    },
  };
};
