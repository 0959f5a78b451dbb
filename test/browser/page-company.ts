import { rmSync } from 'node:fs';
import { findPersonas } from '@meilenstein/demo/steps/find-personas';
import { personas as peopleOf } from '@meilenstein/demo/company/personas';
import type { CompanySize } from '@meilenstein/demo/steps/load-company';
import type { Persona } from '@meilenstein/local';
import { bootSmallCompany, type SmallCompany } from '../journey/small-company.ts';

/** A company whose page is served, and as whom a person may sign in there. */
export type PageCompany = SmallCompany & { readonly personas: readonly Persona[]; readonly personaOf: (role: string) => Persona };

const rolesOf = ({ claims }: Persona): readonly unknown[] => [claims['cognito:groups']].flat();

const withPersonas = (company: SmallCompany, personas: readonly Persona[]): PageCompany => {
  company.cloud.offerPersonas(personas);
  return {
    ...company,
    personas,
    personaOf: (role) => {
      const found = personas.find((persona) => rolesOf(persona).includes(role));
      if (found === undefined) throw new Error(`nobody of the company is ${role}`);
      return found;
    },
  };
};

/** @param past so many leads and opportunities of a year; without it the company is set up and has no business yet */
export const bootPageCompany = async (past?: CompanySize): Promise<PageCompany> => {
  const company = await bootSmallCompany(past);
  return withPersonas(company, await findPersonas(company.cloud, 'rep-nord-1'));
};

/** A company of which nothing is set up: nobody sells yet, and only its staff can sign in. */
export const bootEmptyCompany = async (): Promise<PageCompany> => {
  const nobody = { organisation: { teams: [], reps: [] }, wonBy: '', silence: undefined };
  return withPersonas(await bootSmallCompany('nothing'), peopleOf(nobody));
};

let shared: Promise<PageCompany> | undefined;

/**
 * One company for all test files of a worker: booting one takes longer than most journeys. Each journey acts on opportunities, leads and
 * sources of its own, and none counts those of the company.
 */
export const sharedPageCompany = (): Promise<PageCompany> => {
  shared ??= bootPageCompany({ leads: 12, opportunities: 16 }).then((company) => {
    process.once('exit', () => rmSync(company.dataFolder, { recursive: true, force: true }));
    return company;
  });
  return shared;
};
