import { companyEvents, companyOf, envelopeReader, type Company, type CompanyEnvelope } from '@meilenstein/contracts';
import { projection } from './projection.ts';
import { queryAll, type Table } from './table.ts';

export type CompanyCopy = {
  readonly fold: (events: readonly CompanyEnvelope[]) => Promise<void>;
  readonly read: () => Promise<Company>;
  /** what the copy is made of; the events of a subject follow each other by `sequence` */
  readonly events: () => Promise<readonly CompanyEnvelope[]>;
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
  const events = async (): Promise<readonly CompanyEnvelope[]> =>
    (await queryAll(deps.table, { partition: 'COMPANY' })).flatMap((item) => copy.read(item));
  return { fold: copy.fold, events, read: async () => companyOf(await events()) };
};
