import type { leads as german } from '../de/leads.ts';

export const leads: typeof german = {
  title: 'Leads',
  filters: { label: 'Which leads', mine: 'Mine', queues: 'Queues', team: 'Team', all: 'All' },
  columns: {
    deadline: 'Deadline',
    person: 'Person',
    company: 'Company',
    source: 'Source',
    grade: 'Points',
    status: 'Status',
    owner: 'Owner',
    captured: 'Came in',
  },
  statuses: {
    new: 'New',
    working: 'Working',
    mql: 'Marketing-qualified',
    sql: 'Sales-qualified',
    converted: 'Converted',
    disqualified: 'Given up',
    merged: 'Merged',
    erased: 'Erased',
  },
  nameless: 'No name',
  empty: { title: 'No leads', text: 'As soon as a form brings somebody who is interested, they stand here with points and a deadline.' },
  emptyFiltered: { title: 'No lead fits this filter' },
  inQueue: 'waits in {queue}',
};
