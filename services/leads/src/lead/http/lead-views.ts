import type { ConsentView, LeadHead, LeadView, ScoringRules } from '@meilenstein/contracts';
import type { Clock, Instant } from '@meilenstein/kernel';
import { needsTouchpoints } from '../../qualification/domain/needs-touchpoints.ts';
import { allConsents, type ConsentRecord } from '../../consent/domain/consent-record.ts';
import { fullProfile, type CapturedLead } from '../domain/lead.ts';
import type { RulesInForce } from '../../qualification/domain/rules-in-force.ts';
import { gradeOf, scoreLead } from '../../scoring/domain/score-lead.ts';
import { segmentsOf } from '../../qualification/domain/segments.ts';
import { resolveProfile, type ResolvedProfile } from '../../identity/domain/survivorship.ts';
import type { Stores } from '../../stores.ts';
import { leadsWithFacts, type LeadWithFacts } from '../../identity/http/leads-with-facts.ts';

type Points = Pick<LeadHead, 'score' | 'grade' | 'scoreRules'>;

/** Points as of now, by the table that scored the lead last; for an erased person the last recorded score. */
const pointsOf = ({ lead, facts, touches }: LeadWithFacts, rules: ScoringRules | undefined, now: Instant): Points => {
  if (lead.score === null || rules === undefined) return { score: null, grade: null, scoreRules: [] };
  if (lead.status === 'erased') {
    const worth = [...rules.fit, ...rules.engagement].filter((rule) => lead.score?.rules.includes(rule.id) === true);
    const scoreRules = worth.map(({ id, points }) => ({ id, points }));
    return { score: lead.score.score, grade: gradeOf(lead.score.score, rules.grades), scoreRules };
  }
  const { score, grade, rules: fired } = scoreLead(rules, facts, touches, now);
  return { score, grade, scoreRules: fired.map(({ id, points }) => ({ id, points })) };
};

const headOf = (known: LeadWithFacts, points: Points, segments: readonly string[]): LeadHead => {
  const { leadId, status, capturedAt, sourceId, owner, queue, opportunityId, mergedInto } = known.lead;
  return { leadId, status, capturedAt, sourceId, ...points, segments: [...segments], owner, queue, opportunityId, mergedInto };
};

/** Leads as the API shows them. */
export const leadViews = ({ stores, clock }: { readonly stores: Stores; readonly clock: Clock }) => {
  const versionsOf = (found: readonly CapturedLead[]) =>
    stores.points.versions(found.flatMap(({ score }) => (score === null ? [] : [score.pointsVersion])));

  const headsOf = (
    found: readonly LeadWithFacts[],
    versions: ReadonlyMap<number, ScoringRules>,
    { segments: market }: RulesInForce,
  ): readonly LeadHead[] => {
    const now = clock.now();
    return found.map((known) => {
      const points = pointsOf(known, versions.get(known.lead.score?.pointsVersion ?? 0), now);
      return headOf(known, points, known.lead.status === 'erased' ? [] : segmentsOf(market.segments, known.facts, now));
    });
  };

  const load = async (found: readonly CapturedLead[]) => {
    const [rulesInForce, versions] = await Promise.all([stores.rulesInForce(), versionsOf(found)]);
    const withTouches = needsTouchpoints([...versions.values()], rulesInForce.segments.segments);
    return { rulesInForce, versions, known: await leadsWithFacts(stores, found, { rulesInForce, withTouches }) };
  };

  const viewOf = (
    { lead }: LeadWithFacts,
    head: LeadHead,
    { survivorship }: RulesInForce,
  ): LeadView & Pick<ResolvedProfile, 'provenance'> => {
    const { fields, provenance } = resolveProfile(fullProfile(lead), survivorship);
    return { ...head, person: fields, provenance };
  };

  return {
    heads: async (found: readonly CapturedLead[]): Promise<readonly LeadHead[]> => {
      const { rulesInForce, versions, known } = await load(found);
      return headsOf(known, versions, rulesInForce);
    },
    /** with the values that the survivorship rules choose */
    views: async (found: readonly CapturedLead[]): Promise<readonly (LeadView & Pick<ResolvedProfile, 'provenance'>)[]> => {
      const { rulesInForce, versions, known } = await load(found);
      const shown = headsOf(known, versions, rulesInForce);
      return known.flatMap((one, index) => {
        const head = shown[index];
        return head === undefined ? [] : [viewOf(one, head, rulesInForce)];
      });
    },
    /** one lead whose touchpoints are known already, with the rules that scored it */
    view: async (known: LeadWithFacts, rulesInForce: RulesInForce) => {
      const versions = await versionsOf([known.lead]);
      const [head] = headsOf([known], versions, rulesInForce);
      if (head === undefined) throw new Error(`lead ${known.lead.leadId}: has no view`);
      return { view: viewOf(known, head, rulesInForce), rules: versions.get(known.lead.score?.pointsVersion ?? 0) };
    },
  };
};

export const consentViews = (record: ConsentRecord): ConsentView[] =>
  Object.entries(allConsents(record))
    .map(([purpose, consent]) => ({ purpose, ...consent }))
    .toSorted((a, b) => (a.purpose < b.purpose ? -1 : 1));
