import { useMemo } from 'react';
import { useLocale } from 'use-intl';
import type { Item } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useMe } from './me.ts';

type Process = Item<'GET /processes'>;

/** The sales processes and the words of their milestones; ids where the caller may not read them, as finance may not. */
export type Processes = {
  readonly all: readonly Process[];
  readonly nameOf: (processId: string) => string;
  readonly milestoneOf: (processId: string, milestoneId: string) => string;
};

export const useProcesses = (): Processes => {
  const { roles } = useMe();
  const language = useLocale();
  const mayRead = roles.some((role) => role !== 'finance' && role !== 'integration');
  const { data } = useRead('GET /processes', {}, { rhythm: 'calm', enabled: mayRead });
  return useMemo(() => {
    const all = data?.body.items ?? [];
    const find = (processId: string): Process | undefined => all.find((process) => process.processId === processId);
    return {
      all,
      nameOf: (processId) => find(processId)?.name[language] ?? processId,
      milestoneOf: (processId, milestoneId) =>
        find(processId)?.milestones.find(({ id }) => id === milestoneId)?.name[language] ?? milestoneId,
    };
  }, [data, language]);
};
