import type { nodes as german } from '../de/nodes.ts';

export const nodes: typeof german = {
  label: 'Whose figures',
  company: 'Company',
  levels: { company: 'Company', team: 'Teams', rep: 'People', segment: 'Segments', process: 'Sales processes' },
  windows: { label: 'Window', week: 'Week', month: 'Month', quarter: 'Quarter' },
};
