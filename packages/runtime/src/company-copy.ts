import { companyEvents, companyOf, envelopeReader, type Company, type CompanyEnvelope } from '@meilenstein/contracts';
import { projection } from './projection.ts';
import { queryAll, type Table } from './table.ts';

export type CompanyCopy = {
  readonly fold: (events: readonly CompanyEnvelope[]) => Promise<void>;
  readonly read: () => Promise<Company>;
};

/** A service's own small copy of organisation and settings: a view like any other, read with one query. */
export const companyCopy = (deps: {
  readonly table: Table;
  readonly delay: (millis: number) => Promise<void>;
  readonly random: () => number;
}): CompanyCopy => {
  const copy = projection<CompanyEnvelope>(
    { rowKey: (subject) => ({ pk: 'COMPANY', sk: subject }), event: envelopeReader(companyEvents), contributions: () => [] },
    deps,
  );
  return {
    fold: copy.fold,
    read: async () => companyOf((await queryAll(deps.table, { partition: 'COMPANY' })).flatMap((item) => copy.read(item))),
  };
};
