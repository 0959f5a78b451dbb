import { cachedParameters, companyCopy, type CompanyCopy, type Machinery, type Parameters } from '@meilenstein/runtime';
import { leadStore, type LeadStore } from './lead-store.ts';
import { personClaims, type PersonClaims } from './person-claims.ts';
import { pointsStore, type PointsStore } from './points-store.ts';
import { poolStore, type PoolStore } from './pool-store.ts';
import { sourceSecrets, type SourceSecrets } from './source-secrets.ts';
import { sourceStore, type SourceStore } from './source-store.ts';
import { submissionStore, type SubmissionStore } from './submission-store.ts';

/** Everything that this service keeps. */
export type Shelves = {
  readonly sources: SourceStore;
  readonly secrets: SourceSecrets;
  readonly submissions: SubmissionStore;
  readonly leads: LeadStore;
  readonly pool: PoolStore;
  readonly points: PointsStore;
  readonly persons: PersonClaims;
  readonly company: CompanyCopy;
};

/** Names of parameters; asked for when needed, so that each function sets only its own. */
export type ParameterNames = { readonly secretsPrefix: () => string; readonly personKey: () => string };

const cachedMillis = 5 * 60_000;

export const leadsShelves = (machinery: Machinery, parameters: Parameters, names: ParameterNames): Shelves => {
  const pool = poolStore(machinery);
  return {
    sources: sourceStore(machinery),
    secrets: sourceSecrets(cachedParameters(parameters, machinery.clock, cachedMillis), names.secretsPrefix),
    submissions: submissionStore(machinery),
    leads: leadStore(machinery, pool),
    pool,
    points: pointsStore(machinery),
    persons: personClaims(parameters, names.personKey),
    company: companyCopy(machinery),
  };
};
