import { addMillis, instant, type PlanId } from '@meilenstein/kernel';
import { packsOf, writePacked, type Blocked, type Key, type Machinery, type Parcel } from '@meilenstein/runtime';
import * as z from 'zod';
import { organisationGuard, planGuard } from '../../keys.ts';

const intent = z.object({
  /** hash of the document that is put */
  wants: z.string(),
  /** which version it replaces, as the request says it */
  ifMatch: z.string(),
});
/** A request that puts a document. */
export type Intent = z.infer<typeof intent>;

const guardItem = z.looseObject({
  version: z.int(),
  /** the request that has begun and not ended; another one waits until then */
  open: intent.extend({ until: instant }).nullable(),
});

/** The guard of a document as it was read; version 0 where the document was never put. */
export type Guard = { readonly key: Key } & Pick<z.infer<typeof guardItem>, 'version' | 'open'>;

/** Longer than any function of ours may run: whoever began so long ago writes no more. */
const longestPut = 60_000;

/** What putting a document changes; each parcel is written whole, and the parcels touch items of their own. */
export type DocumentChange<P extends Parcel> = {
  /** one after the other; the parcels of one in no order */
  readonly phases: readonly (readonly P[])[];
  /** in the last transaction as far as they fit, the others right before it */
  readonly late: readonly P[];
  /** in the last transaction: what makes the change visible */
  readonly last: readonly P[];
};

/** `overtaken`: another request has put the document since its guard was read. `guard`: how it stands now, for the next try. */
export type Written<P extends Parcel> = 'written' | 'overtaken' | { readonly blocked: readonly Blocked<P>[]; readonly guard: Guard };

/** A parcel of the document, or of its guard where there is no `own`. */
type Wrapped<P extends Parcel> = Parcel & { readonly own?: P };
const wrapped = <P extends Parcel>(own: P): Wrapped<P> => ({ writes: own.writes, own });

const outcomeOf = <P extends Parcel>(blocked: readonly Blocked<Wrapped<P>>[], guard: Guard): Written<P> => {
  const own = blocked.flatMap(({ parcel, position }) => (parcel.own === undefined ? [] : [{ parcel: parcel.own, position }]));
  if (blocked.length > own.length) return 'overtaken';
  return own.length === 0 ? 'written' : { blocked: own, guard };
};

const raised = ({ key, version }: Guard, open: Guard['open']): { readonly guard: Guard; readonly parcel: Parcel } => ({
  guard: { key, version: version + 1, open },
  parcel: { writes: [{ put: { ...key, version: version + 1, open }, when: version === 0 ? 'absent' : { versionIs: version } }] },
});

/**
 * Documents that many aggregates make up (the organisation, a plan) are put by one request at a time. A change that fits into one
 * transaction raises the version of the document's guard within it. A larger one first says in the guard that it has begun: where it is
 * cut off, the same request may be sent again at once and goes on where the first one stopped, and any other one after a minute.
 */
export const documentGuards = (machinery: Machinery) => {
  /** Step by step, while the guard says that this request is under way. */
  const writeInSteps = async <P extends Parcel>(guard: Guard, { phases, late, last }: DocumentChange<P>): Promise<Written<P>> => {
    const closing: Wrapped<P> = raised(guard, null).parcel;
    const [together = []] = packsOf<Wrapped<P>>([closing, ...last.map(wrapped), ...late.map(wrapped)]);
    const inTheEnd = new Set(together.map(({ own }) => own));
    const steps = [...phases, late.filter((parcel) => !inTheEnd.has(parcel))].map((phase) => phase.map(wrapped));
    const ending = [closing, ...[...late.filter((parcel) => inTheEnd.has(parcel)), ...last].map(wrapped)];
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
    /** consistent; to be read before the organisation, so that no change of it is overlooked */
    ofOrganisation: (): Promise<Guard> => read(organisationGuard),
    /** consistent; to be read before the plan */
    ofPlan: (planId: PlanId): Promise<Guard> => read(planGuard(planId)),

    /** whether a request that wants something else is under way */
    isBusy: ({ open }: Guard, { wants }: Intent): boolean => open !== null && open.wants !== wants && open.until > machinery.clock.now(),

    /** writes a change of the document that was decided after the guard was read */
    write: async <P extends Parcel>(guard: Guard, own: Intent, change: DocumentChange<P>): Promise<Written<P>> => {
      const { phases, late, last } = change;
      const whole: readonly Wrapped<P>[] = [raised(guard, null).parcel, ...[...phases.flat(), ...late, ...last].map(wrapped)];
      if (packsOf(whole).length === 1) return outcomeOf(await writePacked(machinery, whole), guard);
      const begun = raised(guard, { ...own, until: addMillis(machinery.clock.now(), longestPut) });
      const isBegun = (await writePacked(machinery, [begun.parcel])).length === 0;
      return isBegun ? writeInSteps(begun.guard, change) : 'overtaken';
    },
  };
};

/** Whether a request that was cut off comes again. */
export const goesOn = ({ open }: Guard, { wants, ifMatch }: Intent): boolean => open?.wants === wants && open.ifMatch === ifMatch;
