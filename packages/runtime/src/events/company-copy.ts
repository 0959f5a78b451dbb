import {
  companyEvents,
  companyFrom,
  companyPart,
  companySubject,
  emptyPart,
  envelopeReader,
  withEvent,
  withoutWithdrawn,
  type Company,
  type CompanyEnvelope,
  type CompanyPart,
} from '@meilenstein/contracts';
import { addMillis, type Instant } from '@meilenstein/kernel';
import * as z from 'zod';
import type { Machinery } from '../aggregate/fold-decision.ts';
import { queryAll, type Item } from '../table/table.ts';
import { emptyHistory, withReceived } from './received-history.ts';
import { stateProjection } from './state-projection.ts';
import { survivingEvents } from './surviving-events.ts';
import type { Withdraw } from './withdraw.ts';

export type CompanyCopy = {
  readonly fold: (events: readonly CompanyEnvelope[]) => Promise<void>;
  /** the company as it is known now; read from the table only where the copy has changed since */
  readonly read: () => Promise<Company>;
  readonly withdraw: Withdraw;
};

/** A copy that also keeps what was known when. */
export type CompanyHistory = CompanyCopy & {
  /** every event but those of rates; the events of a rep, team or part of the settings follow each other by `sequence` */
  readonly events: () => Promise<readonly CompanyEnvelope[]>;
};

const partition = 'COMPANY';
/** Says how often the copy has changed. Apart from the copy, because every request reads it and few read the copy. */
const versionKey = { pk: 'COMPANY-VERSION', sk: 'VERSION' };
const historyPartition = 'COMPANY-HISTORY';

const versionItem = z.looseObject({ version: z.int() });
const historyItem = z.looseObject({ events: z.tuple([z.unknown()]) });

/** A copy that is older is read again even where its version stands, in case somebody repaired the table by hand. */
const longestCacheMillis = 3_600_000;

const readEvent = envelopeReader(companyEvents);

/** Each event once, those of a subject as they follow each other. */
const inOrder = (events: readonly CompanyEnvelope[]): readonly CompanyEnvelope[] =>
  [...Map.groupBy(events, companySubject).values()].flatMap(survivingEvents);

/** Rates are left out: no report shows them as they were known on a day, and they come every day. */
const historyOf = (event: CompanyEnvelope): Item | undefined =>
  event.name === 'RatesPublished'
    ? undefined
    : { pk: historyPartition, sk: `${companySubject(event)}#${String(event.sequence).padStart(10, '0')}`, events: [event] };

type Deps = Pick<Machinery, 'table' | 'delay' | 'random' | 'clock'>;

const build = (deps: Deps, itemOf?: (event: CompanyEnvelope) => Item | undefined) => {
  const parts = stateProjection<CompanyEnvelope, CompanyPart>(
    {
      names: companyEvents.map((event) => event.name),
      rowKey: (event) => ({ pk: partition, sk: companySubject(event) }),
      event: readEvent,
      schema: companyPart,
      initial: emptyPart,
      merge: withEvent,
      forget: withoutWithdrawn,
      ...(itemOf === undefined ? {} : { itemOf }),
    },
    deps,
  );
  const rows = async () => (await queryAll(deps.table, { partition })).map((item) => ({ subject: item.sk, ...parts.read(item) }));

  /** Older rows told reps from teams by their ids alone, so their events are sorted out here. */
  const load = async (): Promise<Company> => {
    const found = await rows();
    const bySubject = new Map(found.filter((row) => row.older.length === 0).map((row) => [row.subject, row]));
    const states = new Map([...bySubject].map(([subject, { state }]) => [subject, state]));
    for (const event of inOrder(found.flatMap((row) => row.older))) {
      const subject = companySubject(event);
      if (withReceived(bySubject.get(subject)?.history ?? emptyHistory, event) === undefined) continue;
      states.set(subject, withEvent(states.get(subject) ?? emptyPart, event));
    }
    return companyFrom([...states.values()]);
  };

  let cached: { readonly version: number; readonly company: Company; readonly until: Instant } | undefined;

  const raiseVersion = async (): Promise<void> => {
    for (let tries = 0; !(await deps.table.transact([{ add: versionKey, by: { version: 1 } }])).done; tries += 1) {
      if (tries === 8) throw new Error('the version of the copy of the company could not be raised');
      await deps.delay(deps.random() * 25 * 2 ** tries);
    }
  };

  return {
    rows,
    /**
     * The version is raised after the rows are written, and also for events that were known: a message that was not acknowledged comes again,
     * so no change stays without its version. It is a write of its own, so that no two folds stand in each other's way.
     */
    fold: async (events: readonly CompanyEnvelope[]): Promise<void> => {
      if (events.length === 0) return;
      await parts.fold(events);
      await raiseVersion();
    },
    withdraw: async (items: readonly Item[], isWithdrawn: Parameters<Withdraw>[1]): Promise<number> => {
      const changed = await parts.withdraw(items, isWithdrawn);
      if (changed > 0) await raiseVersion();
      return changed;
    },
    /** The version is read before the rows, so what is kept under it is at least as new. */
    read: async (): Promise<Company> => {
      const item = await deps.table.get(versionKey);
      const now = deps.clock.now();
      const version = item === undefined ? undefined : versionItem.parse(item).version;
      if (cached !== undefined && cached.version === version && now < cached.until) return cached.company;
      const company = await load();
      if (version !== undefined && (cached === undefined || cached.version <= version))
        cached = { version, company, until: addMillis(now, longestCacheMillis) };
      return company;
    },
  };
};

/** A service's own small copy of organisation and settings: what is in force, without the events that led to it. */
export const companyCopy = (deps: Deps): CompanyCopy => {
  const { fold, read, withdraw } = build(deps);
  return { fold, read, withdraw };
};

/** The copy of a service that also asks what was known on a day: each event stays, in an item of its own. */
export const companyHistory = (deps: Deps): CompanyHistory => {
  const { fold, read, withdraw, rows } = build(deps, historyOf);
  const events = async (): Promise<readonly CompanyEnvelope[]> => {
    const [found, kept] = await Promise.all([rows(), queryAll(deps.table, { partition: historyPartition })]);
    return inOrder([
      ...found.flatMap((row) => row.older.filter((event) => event.name !== 'RatesPublished')),
      ...kept.map((item) => readEvent(historyItem.parse(item).events[0])),
    ]);
  };
  return { fold, read, withdraw, events };
};
