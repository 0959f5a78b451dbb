import type { reports as german } from '../de/reports.ts';

export const reports: typeof german = {
  title: 'Reports',
  schedules: {
    weekly: 'Every week after its end, at 05:00 of the company',
    'week-so-far': 'The current week up to now; only when you run it',
  },
  run: 'Run now',
  shelf: 'Issues',
  version: 'Version {version}',
  restated: 'Restated: this version differs from the one before.',
  newest: 'in force',
  cutOff: 'Contains what was known by {time}',
  files: 'Files',
  rows: '{count, plural, one {1 row} other {# rows}}',
  bytes: '{size} KB',
  download: 'Download',
  hash: 'SHA-256',
  copyHash: 'Copy the hash of {name}',
  totals: 'Control totals',
  total: 'Control total',
  before: 'Version {version}',
  difference: 'Difference',
  none: { title: 'No issue yet', text: 'The first one comes after the end of this week, or when you run the report now.' },
  dictionary: 'KPIs',
  dictionaryText: 'What each figure means, and which time decides its period.',
  columns: { kpi: 'KPI', formula: 'Formula', basis: 'Time' },
};
