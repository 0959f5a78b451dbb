import type { Audience, ExclusionCode, Territory } from '@meilenstein/contracts';
import { foldCase, inEachLanguage, type InLanguages, type Instant, type RepId, type TeamId } from '@meilenstein/kernel';
import { timeInWords } from '../../lead/domain/time-in-words.ts';
import { availableFrom, isAvailableWithin, isAway, type Seller } from './seller.ts';
import { liesIn } from './territory.ts';
import { assignmentTexts, type AssignmentTexts } from './texts.ts';

export type Exclusion = { readonly repId: RepId; readonly code: ExclusionCode; readonly words: InLanguages<string> };

/** What eligibility depends on: the audience of the rule, the territory of the lead, the teams, and the open leads of each rep. */
export type Demand = {
  readonly audience: Audience;
  /** the teams of the audience with the teams below them; null: any */
  readonly teams: readonly TeamId[] | null;
  readonly territory: Territory | undefined;
  readonly territories: readonly Territory[];
  readonly openLeads: Readonly<Record<string, number>>;
  readonly now: Instant;
  /** the zone of times in texts */
  readonly zone: string;
};

/** A rep covers a territory and everything in it. A territory named by the rule is also covered by a rep who has a part of it. */
const covers = ({ territories: own }: Seller, { audience, territory, territories }: Demand): boolean => {
  if (audience.territory === null) return true;
  if (audience.territory === 'of-lead') return territory !== undefined && own.some((id) => liesIn(territories, territory.territoryId, id));
  const { territoryId: asked } = audience.territory;
  return own.some((id) => liesIn(territories, id, asked) || liesIn(territories, asked, id));
};

const sameWord = (a: string, b: string): boolean => foldCase(a.trim()) === foldCase(b.trim());
const has = (own: readonly string[], wanted: string): boolean => own.some((one) => sameWord(one, wanted));

const whenBack = (seller: Seller, { now, zone }: Demand): InLanguages<string> =>
  inEachLanguage((language) => {
    const texts = assignmentTexts[language].exclusions;
    const from = availableFrom(seller, now);
    const at = from === undefined ? undefined : timeInWords(from, { language, zone });
    if (isAway(seller, now)) return at === undefined ? texts.away : texts.awayUntil(at);
    return at === undefined ? texts.offDuty : texts.offDutyUntil(at);
  });

/** The territory that a rep had to cover; undefined if the lead is in none. */
const demandedTerritory = ({ audience, territory }: Demand): string | undefined =>
  audience.territory === null || audience.territory === 'of-lead' ? territory?.name : audience.territory.territoryId;

const inWords = (text: (texts: AssignmentTexts['exclusions']) => string): InLanguages<string> =>
  inEachLanguage((language) => text(assignmentTexts[language].exclusions));

const reason = (seller: Seller, demand: Demand): readonly [code: ExclusionCode, words: InLanguages<string>] | undefined => {
  const { audience, teams, now } = demand;
  const { teamId, capacity } = seller;
  if (teamId === undefined) return ['belongs-to-no-team', inWords((texts) => texts.noTeam)];
  if (!seller.sells) return ['does-not-sell', inWords((texts) => texts.manager)];
  if (teams !== null && !teams.includes(teamId)) return ['is-in-another-team', inWords((texts) => texts.team(teamId))];
  if (!covers(seller, demand)) {
    const territory = demandedTerritory(demand);
    return ['covers-another-territory', inWords((texts) => (territory === undefined ? texts.noTerritory : texts.territory(territory)))];
  }
  const skill = audience.skills.find((one) => !has(seller.skills, one));
  if (skill !== undefined) return ['lacks-a-skill', inWords((texts) => texts.skill(skill))];
  if (audience.languages.length > 0 && !audience.languages.some((one) => has(seller.languages, one)))
    return ['lacks-the-language', inWords((texts) => texts.languages(audience.languages.join(', ')))];
  if (!isAvailableWithin(seller, now, audience.waitAtMostMinutes))
    return [isAway(seller, now) ? 'is-absent' : 'is-outside-working-hours', whenBack(seller, demand)];
  const open = demand.openLeads[seller.repId] ?? 0;
  if (capacity !== null && open >= capacity) return ['is-at-capacity', inWords((texts) => texts.capacity(open, capacity))];
  return undefined;
};

/** The reps who may receive the lead, and for all others the first reason why not. */
export const eligibility = (
  sellers: readonly Seller[],
  demand: Demand,
): { readonly eligible: readonly Seller[]; readonly excluded: readonly Exclusion[] } => {
  const judged = sellers.map((seller) => ({ seller, why: reason(seller, demand) }));
  return {
    eligible: judged.flatMap(({ seller, why }) => (why === undefined ? [seller] : [])),
    excluded: judged.flatMap(({ seller, why }) => (why === undefined ? [] : [{ repId: seller.repId, code: why[0], words: why[1] }])),
  };
};
