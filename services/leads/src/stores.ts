import { leadImportStarted } from '@meilenstein/contracts';
import { companyCopy, importStarts, type CompanyCopy, type ImportStarts, type Machinery, type Parameters } from '@meilenstein/runtime';
import { askedMailboxes, type AskedMailboxes } from './consent/store/asked-mailboxes.ts';
import { scoringOf } from './scoring/domain/points.ts';
import type { RulesInForce } from './qualification/domain/rules-in-force.ts';
import { followUpStore, type FollowUpStore } from './follow-up/store/follow-up-store.ts';
import { intakeStore, type IntakeStore } from './capture/store/intake-store.ts';
import { leadStore, type LeadStore } from './lead/store/lead-store.ts';
import { learnedScoreStore, type LearnedScoreStore } from './scoring/store/learned-score-store.ts';
import { personClaims, type PersonClaims } from './identity/store/person-claims.ts';
import { pointsStore, type PointsStore } from './scoring/store/points-store.ts';
import { processCopy, type ProcessCopy } from './lead/store/process-copy.ts';
import { volumeCommitmentStore, type VolumeCommitmentStore } from './service-levels/store/volume-commitment-store.ts';
import { qualificationStore, type QualificationStore } from './qualification/store/qualification-store.ts';
import { retentionStore, type RetentionStore } from './erasure/store/retention-store.ts';
import { serviceLevelStore, type ServiceLevelStore } from './service-levels/store/service-level-store.ts';
import { routingStore, type RoutingStore } from './assignment/store/routing-store.ts';
import { sweepBookmark, type SweepBookmark } from './service-levels/store/sweep-bookmark.ts';
import { segmentsStore, type SegmentsStore } from './qualification/store/segments-store.ts';
import { survivorshipStore, type SurvivorshipStore } from './identity/store/survivorship-store.ts';
import { rotationStore, type RotationStore } from './assignment/store/rotation-store.ts';

/** All stores of this service. */
export type Stores = IntakeStore & {
  readonly leads: LeadStore;
  readonly routing: RoutingStore;
  readonly rotations: RotationStore;
  readonly points: PointsStore;
  readonly qualification: QualificationStore;
  readonly segments: SegmentsStore;
  /** all rules in force for scoring, qualification, segments and survivorship */
  readonly rulesInForce: () => Promise<RulesInForce>;
  readonly survivorship: SurvivorshipStore;
  readonly retention: RetentionStore;
  readonly followUps: FollowUpStore;
  readonly volumeCommitments: VolumeCommitmentStore;
  readonly serviceLevels: ServiceLevelStore;
  readonly sweep: SweepBookmark;
  readonly learnedScore: LearnedScoreStore;
  readonly persons: PersonClaims;
  readonly askedMailboxes: AskedMailboxes;
  readonly company: CompanyCopy;
  readonly processes: ProcessCopy;
  readonly importStarts: ImportStarts;
};

/** Names of parameters, read when needed, so that each function sets only its own. */
export type ParameterNames = { readonly secretsPrefix: () => string; readonly personKey: () => string };

export const leadsStores = (machinery: Machinery, parameters: Parameters, names: ParameterNames): Stores => {
  const points = pointsStore(machinery);
  const qualification = qualificationStore(machinery);
  const segments = segmentsStore(machinery);
  const survivorship = survivorshipStore(machinery);
  return {
    ...intakeStore(machinery, parameters, names.secretsPrefix),
    leads: leadStore(machinery),
    routing: routingStore(machinery),
    rotations: rotationStore(machinery),
    points,
    qualification,
    segments,
    survivorship,
    rulesInForce: async () => {
      const [table, criteria, market, { rules }] = await Promise.all([
        points.current(),
        qualification.current(),
        segments.current(),
        survivorship.current(),
      ]);
      return { scoring: scoringOf(table), qualification: criteria, segments: market, survivorship: rules };
    },
    retention: retentionStore(machinery),
    followUps: followUpStore(machinery),
    volumeCommitments: volumeCommitmentStore(machinery),
    serviceLevels: serviceLevelStore(machinery),
    sweep: sweepBookmark(machinery),
    learnedScore: learnedScoreStore(machinery),
    askedMailboxes: askedMailboxes(machinery, machinery.clock),
    persons: personClaims(machinery, parameters, names.personKey),
    company: companyCopy(machinery),
    processes: processCopy(machinery),
    importStarts: importStarts(leadImportStarted, machinery),
  };
};
