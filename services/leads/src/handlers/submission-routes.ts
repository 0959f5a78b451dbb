import type { HandlersOf, leadsApi } from '@meilenstein/contracts';
import { refused } from '@meilenstein/kernel';
import { releaseSubmission } from '../domain/submission.ts';
import type { LeadsDeps } from './live-leads.ts';

type Routes = Pick<HandlersOf<typeof leadsApi>, 'GET /submissions' | 'POST /submissions/{submissionId}/release'>;

export const submissionRoutes = ({ shelves: { submissions } }: LeadsDeps): Routes => ({
  'GET /submissions': async ({ query }) => {
    const page = await submissions.inQuarantine(query);
    return { status: 200, body: { items: [...page.items], next: page.next } };
  },
  'POST /submissions/{submissionId}/release': async ({ path }) => {
    const result = await submissions.change(path.submissionId, releaseSubmission);
    if ('refused' in result) return { refused: result.refused };
    if (!('changed' in result) || result.changed.state.status === 'none')
      return refused('submission-is-unknown', 'submissionId: no submission has this id');
    return { status: 202, body: result.changed.state };
  },
});
