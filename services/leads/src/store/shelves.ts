import { companyCopy, type CompanyCopy, type Machinery, type Parameters } from '@meilenstein/runtime';
import { intakeShelf, type IntakeShelf } from './intake-shelf.ts';
import { leadStore, type LeadStore } from './lead-store.ts';
import { personClaims, type PersonClaims } from './person-claims.ts';
import { pointsStore, type PointsStore } from './points-store.ts';
import { poolStore } from './pool-store.ts';
import { processCopy, type ProcessCopy } from './process-copy.ts';
import { retentionStore, type RetentionStore } from './retention-store.ts';
import { survivorshipStore, type SurvivorshipStore } from './survivorship-store.ts';

/** Everything that this service keeps. */
export type Shelves = IntakeShelf & {
  readonly leads: LeadStore;
  readonly points: PointsStore;
  readonly survivorship: SurvivorshipStore;
  readonly retention: RetentionStore;
  readonly persons: PersonClaims;
  readonly company: CompanyCopy;
  readonly processes: ProcessCopy;
};

/** Names of parameters; asked for when needed, so that each function sets only its own. */
export type ParameterNames = { readonly secretsPrefix: () => string; readonly personKey: () => string };

export const leadsShelves = (machinery: Machinery, parameters: Parameters, names: ParameterNames): Shelves => {
  return {
    ...intakeShelf(machinery, parameters, names.secretsPrefix),
    leads: leadStore(machinery, poolStore(machinery)),
    points: pointsStore(machinery),
    survivorship: survivorshipStore(machinery),
    retention: retentionStore(machinery),
    persons: personClaims(parameters, names.personKey),
    company: companyCopy(machinery),
    processes: processCopy(machinery),
  };
};
