import { useRead } from '../api/use-read.ts';
import { useMe } from '../company/me.ts';
import { usePeople } from '../company/people.ts';

type StepId = 'settings' | 'organisation' | 'process' | 'plan' | 'source' | 'lead';
export type Step = { readonly id: StepId; readonly path: `/${string}`; readonly isDone: boolean };

/** The way from an empty company to its first lead, and the first step that is missing. */
export const useSteps = (): { readonly steps: readonly Step[]; readonly next: Step | undefined; readonly isKnown: boolean } => {
  const me = useMe();
  const people = usePeople();
  const processes = useRead('GET /processes', {}, { rhythm: 'calm' }).data?.body.items;
  const plans = useRead('GET /plans', {}, { rhythm: 'calm' }).data?.body.items;
  const sources = useRead('GET /sources', { query: { limit: 100 } }, { rhythm: 'calm' }).data?.body.items;
  const leads = useRead('GET /leads', { query: { limit: 1 } }).data?.body.items;
  const [process] = processes ?? [];
  const [plan] = plans ?? [];
  const [source] = sources ?? [];
  const steps: readonly Step[] = [
    { id: 'settings', path: '/setup/settings', isDone: me.reportingCurrency !== null },
    { id: 'organisation', path: '/setup/organisation', isDone: people.active.length > 0 },
    {
      id: 'process',
      path: process === undefined ? '/setup/processes/sales' : `/setup/processes/${process.processId}`,
      isDone: process !== undefined,
    },
    { id: 'plan', path: plan === undefined ? '/setup/plans/new' : `/setup/plans/${plan.planId}`, isDone: plan !== undefined },
    { id: 'source', path: '/sources', isDone: source !== undefined },
    { id: 'lead', path: source === undefined ? '/sources' : `/sources/${source.sourceId}`, isDone: (leads?.length ?? 0) > 0 },
  ];
  const isKnown = processes !== undefined && plans !== undefined && sources !== undefined && leads !== undefined;
  return { steps, next: isKnown ? steps.find(({ isDone }) => !isDone) : undefined, isKnown };
};
