import { addMillis, instant, type PlanId } from '@meilenstein/kernel';
import { packsOf, writePacked, type Blocked, type Key, type Machinery, type Parcel } from '@meilenstein/runtime';
import * as z from 'zod';
import { organisationGuard, planGuard } from '../../keys.ts';

const intent = z.object({
  /** hash of the document that is put */
  documentHash: z.string(),
  /** the version to replace, as the request states it */
  ifMatch: z.string(),
});
/** A request to put a document. */
export type Intent = z.infer<typeof intent>;

const guardItem = z.looseObject({
  version: z.int(),
  /** the request in progress; other requests are refused until `until` */
  open: intent.extend({ until: instant }).nullable(),
});

/** The guard of a document as it was read; version 0 before the document was ever put. */
export type Guard = { readonly key: Key } & Pick<z.infer<typeof guardItem>, 'version' | 'open'>;

/** Longer than any of our functions may run, so that a request that started before then has stopped writing. */
const longestPut = 60_000;

/** The changes of a document. Each parcel is written as a whole, and no two parcels touch the same item. */
export type DocumentChange<P extends Parcel> = {
  /** written one after the other; the parcels within one in any order */
  readonly phases: readonly (readonly P[])[];
  /** written in the last transaction as far as they fit, the others right before it */
  readonly late: readonly P[];
  /** written in the last transaction: what makes the change visible */
  readonly last: readonly P[];
};

/** `overtaken`: another request has put the document since its guard was read. `guard`: its present state, for the next attempt. */
export type Written<P extends Parcel> = 'written' | 'overtaken' | { readonly blocked: readonly Blocked<P>[]; readonly guard: Guard };

/** A parcel of the document, or of its guard where `own` is absent. */
type Wrapped<P extends Parcel> = Parcel & { readonly own?: P };
const wrapped = <P extends Parcel>(own: P): Wrapped<P> => ({ writes: own.writes, own });

const outcomeOf = <P extends Parcel>(blocked: readonly Blocked<Wrapped<P>>[], guard: Guard): Written<P> => {
  const own = blocked.flatMap(({ parcel, position }) => (parcel.own === undefined ? [] : [{ parcel: parcel.own, position }]));
  if (blocked.length > own.length) return 'overtaken';
  return own.length === 0 ? 'written' : { blocked: own, guard };
};

const nextVersion = ({ key, version }: Guard, open: Guard['open']): { readonly guard: Guard; readonly parcel: Parcel } => ({
  guard: { key, version: version + 1, open },
  parcel: { writes: [{ put: { ...key, version: version + 1, open }, when: version === 0 ? 'absent' : { versionIs: version } }] },
});

/**
 * Lets one request at a time put a document that many aggregates make up (the organisation, a plan). A change that fits into one
 * transaction raises the version of the document's guard in it. A larger one first registers in the guard. Where it is cut off, the same
 * request may be sent again at once and resumes where the first one stopped; any other request has to wait a minute.
 */
export const documentGuards = (machinery: Machinery) => {
  /** Writes in steps, while the guard names this request as the one in progress. */
  const writeInSteps = async <P extends Parcel>(guard: Guard, { phases, late, last }: DocumentChange<P>): Promise<Written<P>> => {
    const closing: Wrapped<P> = nextVersion(guard, null).parcel;
    const [lastTransaction = []] = packsOf<Wrapped<P>>([closing, ...last.map(wrapped), ...late.map(wrapped)]);
    const inLastTransaction = new Set(lastTransaction.map(({ own }) => own));
    const steps = [...phases, late.filter((parcel) => !inLastTransaction.has(parcel))].map((phase) => phase.map(wrapped));
    const ending = [closing, ...[...late.filter((parcel) => inLastTransaction.has(parcel)), ...last].map(wrapped)];
    for (const step of [...steps, ending]) {
      const outcome = outcomeOf(await writePacked(machinery, step), guard);
      if (outcome !== 'written') return outcome;
    }
    return 'written';
  };

  const read = async (key: Key): Promise<Guard> => {
    const item = await machinery.table.get(key);
    return item === undefined ? { key, version: 0, open: null } : { ...guardItem.parse(item), key };
  };

  return {
    /** a consistent read; read it before the organisation, so that no change is overlooked */
    ofOrganisation: (): Promise<Guard> => read(organisationGuard),
    /** a consistent read; read it before the plan */
    ofPlan: (planId: PlanId): Promise<Guard> => read(planGuard(planId)),

    /** whether a request with another document is in progress */
    isBusy: ({ open }: Guard, { documentHash }: Intent): boolean =>
      open !== null && open.documentHash !== documentHash && open.until > machinery.clock.now(),

    /** writes a change that was decided after the guard was read */
    write: async <P extends Parcel>(guard: Guard, own: Intent, change: DocumentChange<P>): Promise<Written<P>> => {
      const { phases, late, last } = change;
      const whole: readonly Wrapped<P>[] = [nextVersion(guard, null).parcel, ...[...phases.flat(), ...late, ...last].map(wrapped)];
      if (packsOf(whole).length === 1) return outcomeOf(await writePacked(machinery, whole), guard);
      const started = nextVersion(guard, { ...own, until: addMillis(machinery.clock.now(), longestPut) });
      const isStarted = (await writePacked(machinery, [started.parcel])).length === 0;
      return isStarted ? writeInSteps(started.guard, change) : 'overtaken';
    },
  };
};

/** Whether a request resumes the one that was cut off. */
export const resumes = ({ open }: Guard, { documentHash, ifMatch }: Intent): boolean =>
  open?.documentHash === documentHash && open.ifMatch === ifMatch;
