import { itemLimits } from '@meilenstein/contracts';
import { count, logger } from '../function/middleware.ts';
import { itemSize } from './item-size.ts';
import type { Item } from './table.ts';

/** An item of more bytes sets off an alarm, long before DynamoDB refuses it at 400 KB. */
export const largeItem = 300 * 1024;

type ItemBound = {
  readonly kind: string;
  /** which keys, as `pk / sk` */
  readonly keys: RegExp;
  /** as it lies in DynamoDB, documents packed */
  readonly mostKilobytes: number;
  readonly because: string;
};

/**
 * Every kind of item that can grow, with its bound: the only list of them. `npm run bench:growth` plays a year and compares. Kinds that
 * hold one fact, one request or one document of a form are as large as the limits of their contract and not named here.
 */
export const itemBounds: readonly ItemBound[] = [
  {
    kind: 'company-part',
    keys: /^COMPANY \/ /,
    mostKilobytes: 150,
    because: 'a rep has at most 50 memberships, the settings have at most 2,000 rates; what is replaced is not kept',
  },
  {
    kind: 'settings',
    keys: /^SETTINGS#.* \/ STATE/,
    mostKilobytes: 150,
    because: 'at most 2,000 rates, 1,000 holidays of a region; a calendar is added about once a year',
  },
  { kind: 'rep', keys: /^REP#.* \/ STATE/, mostKilobytes: 10, because: 'at most 50 memberships' },
  {
    kind: 'received-events',
    keys: /^((TARGETS|PROCESSES) \/ |(PROCESS#.*|SUBJECT#target-.*) \/ ROW)/,
    mostKilobytes: 5,
    because: 'ranges of sequences only: one range, and one more for each event that is still under way',
  },
  {
    kind: 'process',
    keys: /^PROCESS#.* \/ STATE/,
    mostKilobytes: 200,
    because: 'about 1 KB a version; 200 versions are four a month for four years',
  },
  {
    kind: 'lead',
    keys: /^LEAD#.* \/ STATE/,
    mostKilobytes: 40,
    because: 'the fields of one form, the latest score and the current service levels; touchpoints are items of their own',
  },
  {
    kind: 'opportunity',
    keys: /^OPPORTUNITY#.* \/ STATE/,
    mostKilobytes: 60,
    because: `0.2 KB for each of at most 30 milestones, 0.1 KB for each imported estimate, ${itemLimits.responsesOfOpportunity} responses, ${itemLimits.correctionsOfOpportunity} corrections of each kind`,
  },
  {
    kind: 'account',
    keys: /^ACCOUNT#.* \/ STATE/,
    mostKilobytes: 60,
    because: `facts, at most ${itemLimits.formerNames} former names, ${itemLimits.absorbedAccounts} absorbed accounts, ${itemLimits.accountFields} values of 0.5 KB; contacts and timeline entries are items of their own`,
  },
  { kind: 'contact', keys: /^CONTACT#.* \/ STATE/, mostKilobytes: 4, because: 'one person' },
  { kind: 'timeline-entry', keys: /^TIMELINE#/, mostKilobytes: 2, because: 'one thing that happened; an account has as many items' },
  {
    kind: 'account-fields',
    keys: /^ACCOUNT-FIELDS#.* \/ STATE/,
    mostKilobytes: 120,
    because: `only the newest version: at most ${itemLimits.accountFields} fields with 50 choices each`,
  },
  {
    kind: 'subject-row',
    keys: /^(OPPORTUNITY#.* \/ (ROW|ESTIMATES)|SUBJECT#.* \/ ROW)/,
    mostKilobytes: 250,
    because: 'all events of one lead, submission or opportunity: 0.1 to 0.2 KB each, packed; 1,000 are far more than one sees in its life',
  },
  {
    kind: 'learned-model',
    keys: /^LEARNED#MODEL \/ /,
    mostKilobytes: 150,
    because: `at most ${itemLimits.learnedFields} fields, each with a bounded number of values, and packed`,
  },
  { kind: 'rotation-head', keys: /^TURNS \/ HEAD#/, mostKilobytes: 250, because: '40 bytes for each of at most 5,000 reps' },
  { kind: 'rotation-rep', keys: /^TURNS \/ REP#/, mostKilobytes: 150, because: `at most ${itemLimits.rotationsOfRep} rotations of 0.1 KB` },
  {
    kind: 'earlier-forecasts',
    keys: /^EARLIER#/,
    mostKilobytes: 200,
    because: `at most ${itemLimits.nodesInItem} nodes of 0.4 KB; a window has as many items as it takes`,
  },
  {
    kind: 'monthly-counter',
    keys: /^MONTH#.* \/ (ARRIVALS|OUTCOMES)#/,
    mostKilobytes: 110,
    because: 'three numbers for each quarter of an hour of one month: 2,976 × 3 × 12 bytes',
  },
  { kind: 'counter', keys: /^(MONTH#.* \/ FLOW#|COHORTS#)/, mostKilobytes: 10, because: 'a number for each class of days' },
  { kind: 'judgement', keys: /^JUDGEMENT#.* \/ STATE/, mostKilobytes: 100, because: 'all judgements of one node and window: 0.3 KB each' },
  { kind: 'stage-probabilities', keys: /^STAGES#.* \/ STATE/, mostKilobytes: 100, because: '0.5 KB each time that somebody sets them' },
  { kind: 'runs', keys: /^RUNS#.* \/ STATE/, mostKilobytes: 100, because: 'all runs of one report and period: 1 KB each' },
  {
    kind: 'service-level-report',
    keys: /^LEDGER#/,
    mostKilobytes: 5,
    because: 'one lead and round; a day is a partition',
  },
  { kind: 'snapshot', keys: /^SNAPSHOT#.* \/ STATE/, mostKilobytes: 100, because: 'one node, window and horizon' },
  {
    kind: 'commit',
    keys: / \/ COMMIT#/,
    mostKilobytes: 200,
    because: 'the events of one decision; an event has at most 256 KB on the bus, packed it is smaller',
  },
];

/** The name of a kind of item; `other` for those that cannot grow. */
export const kindOf = ({ pk, sk }: Pick<Item, 'pk' | 'sk'>): string =>
  itemBounds.find(({ keys }) => keys.test(`${pk} / ${sk}`))?.kind ?? 'other';

/** Counts an item above 300 KB as it is written, and names it in the log by its kind and the id of its partition. `item`: packed. */
export const watchItemSize = (item: Item): void => {
  const bytes = itemSize(item);
  if (bytes <= largeItem) return;
  count('LargeItemWritten');
  logger.warn('an item is larger than 300 KB', { kind: kindOf(item), partition: item.pk, bytes });
};
