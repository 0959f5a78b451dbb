import { companyEvents, companyOf, companySubject, envelopeReader, type Company, type CompanyEnvelope } from '@meilenstein/contracts';
import { projection } from './projection.ts';
import { queryAll, type Table } from '../table/table.ts';

export type CompanyCopy = {
  readonly fold: (events: readonly CompanyEnvelope[]) => Promise<void>;
  readonly read: () => Promise<Company>;
  /** what the copy is made of; the events of a rep, team or part of the settings follow each other by `sequence` */
  readonly events: () => Promise<readonly CompanyEnvelope[]>;
};

const partition = 'COMPANY';

/** Each event once, those of a subject by `sequence`. Old rows told reps from teams by their ids alone and can still be read. */
const inOrder = (events: readonly CompanyEnvelope[]): readonly CompanyEnvelope[] => {
  const once = [...new Map(events.map((event) => [`${companySubject(event)}#${event.sequence}`, event])).values()];
  return [...Map.groupBy(once, companySubject).values()].flatMap((own) => own.toSorted((a, b) => a.sequence - b.sequence));
};

/** A service's own small copy of organisation and settings: a view like any other, read with one query. */
export const companyCopy = (deps: {
  readonly table: Table;
  readonly delay: (millis: number) => Promise<void>;
  readonly random: () => number;
}): CompanyCopy => {
  const copy = projection<CompanyEnvelope>(
    { rowKey: (event) => ({ pk: partition, sk: companySubject(event) }), event: envelopeReader(companyEvents), contributions: () => [] },
    deps,
  );
  const events = async (): Promise<readonly CompanyEnvelope[]> =>
    inOrder((await queryAll(deps.table, { partition })).flatMap((item) => copy.read(item)));
  return { fold: copy.fold, events, read: async () => companyOf(await events()) };
};
