import type { setup as german } from '../de/setup.ts';

export const setup: typeof german = {
  title: 'Setup',
  checklist: 'What is needed',
  done: 'done',
  missing: 'missing',
  steps: {
    settings: {
      title: 'Settings',
      why: 'Time zone, reporting currency and fiscal year: without them no figure has a currency.',
      how: 'PUT /settings',
    },
    organisation: { title: 'Organisation', why: 'Teams and who sells in them: only they can be given leads.', how: 'PUT /organisation' },
    process: {
      title: 'Sales process',
      why: 'The milestones that the customer reaches. The last one is the order.',
      how: 'PUT /processes/{processId}',
    },
    source: { title: 'Source', why: 'A form that sends people who are interested.', how: 'POST /sources' },
    routing: { title: 'Routing', why: 'Who is given which lead. Without rules everybody who sells takes turns.', how: 'PUT /routing' },
    points: { title: 'Table of points', why: 'What makes a lead urgent.', how: 'PUT /points' },
    lead: { title: 'First lead', why: 'As soon as a form comes in, the way has been gone once from end to end.', how: '' },
  },
  how: 'By the API: {route}',
  facts: 'What is in force',
  zone: 'Time zone',
  currency: 'Reporting currency',
  year: 'Fiscal year',
  teams: 'Teams',
  people: 'In sales',
  worksCouncil: 'Figures of single people',
  hidden: 'hidden from managers',
  shown: 'visible to managers',
};
