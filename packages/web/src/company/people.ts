import { useMemo } from 'react';
import { useRead } from '../api/use-read.ts';
import { useMe } from './me.ts';

/** Names of reps and teams that the caller may see; a code or an id where a name is not theirs to see. */
export type People = {
  readonly nameOf: (repId: string) => string;
  readonly teamOf: (teamId: string) => string;
  /** by name */
  readonly teams: readonly { readonly key: string; readonly name: string }[];
  readonly active: readonly { readonly repId: string; readonly name: string; readonly teamId: string | null }[];
};

export const usePeople = (): People => {
  const { roles } = useMe();
  const mayRead = roles.some((role) => role !== 'marketing' && role !== 'integration');
  const { data } = useRead('GET /people', {}, { rhythm: 'calm', enabled: mayRead });
  return useMemo(() => {
    const reps = new Map(data?.body.reps.map((rep) => [String(rep.repId), rep]));
    const teams = new Map(data?.body.teams.map(({ teamId, name }) => [String(teamId), name]));
    return {
      nameOf: (repId) => reps.get(repId)?.name ?? repId,
      teamOf: (teamId) => teams.get(teamId) ?? teamId,
      teams: [...teams].map(([key, name]) => ({ key, name })),
      active: [...reps.values()].filter(({ isActive }) => isActive),
    };
  }, [data]);
};
