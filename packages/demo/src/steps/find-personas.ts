import { leaksView } from '@meilenstein/contracts';
import type { Persona } from '@meilenstein/local';
import { apiClient, type ApiCloud } from '../client/api-client.ts';
import { organisationOfPersonas, personas } from '../company/personas.ts';

/** The rep with the most silent customers, somebody else than `except`. */
const mostSilent = (repIds: readonly string[], except: string) => {
  const customers = new Map<string, number>();
  for (const repId of repIds) if (repId !== except) customers.set(repId, (customers.get(repId) ?? 0) + 1);
  const [found] = [...customers].toSorted(([, a], [, b]) => b - a);
  return found === undefined ? undefined : { repId: found[0], customers: found[1] };
};

/** As whom a person may look at the company, as it is now. */
export const findPersonas = async (cloud: ApiCloud, wonBy: string): Promise<readonly Persona[]> => {
  const operations = await apiClient(cloud, 'operations', 'login-operations');
  const { stalls } = await operations.get(leaksView, '/leaks?only=leaks');
  return personas({
    organisation: await operations.get(organisationOfPersonas, '/organisation'),
    wonBy,
    silence: mostSilent(
      stalls.map(({ repId }) => repId),
      wonBy,
    ),
  });
};
