import type { ConsentView, LeadHead, LeadView, ScoringRules } from '@meilenstein/contracts';
import type { Clock, Instant } from '@meilenstein/kernel';
import { asksOfBehaviour } from '../../qualification/domain/asks-of-behaviour.ts';
import { allConsents, type ConsentRecord } from '../../consent/domain/consent-record.ts';
import { allKnown, type CapturedLead } from '../domain/lead.ts';
import type { Rulebook } from '../../qualification/domain/rulebook.ts';
import { gradeOf, scoreLead } from '../../scoring/domain/score-lead.ts';
import { segmentsOf } from '../../qualification/domain/segments.ts';
import { resolved, type Resolved } from '../../identity/domain/survivorship.ts';
import type { Stores } from '../../stores.ts';
import { knownLeads, type KnownLead } from '../../identity/http/known-leads.ts';

type Points = Pick<LeadHead, 'score' | 'grade' | 'scoreRules'>;

/** Points as of now, by the table that scored the lead last; of an erased person what was said last is all that is left. */
const pointsOf = ({ lead, facts, touches }: KnownLead, rules: ScoringRules | undefined, now: Instant): Points => {
  if (lead.score === null || rules === undefined) return { score: null, grade: null, scoreRules: [] };
  if (lead.status === 'erased') {
    const worth = [...rules.fit, ...rules.engagement].filter((rule) => lead.score?.rules.includes(rule.id) === true);
    const scoreRules = worth.map(({ id, points }) => ({ id, points }));
    return { score: lead.score.score, grade: gradeOf(lead.score.score, rules.grades), scoreRules };
  }
  const { score, grade, rules: fired } = scoreLead(rules, facts, touches, now);
  return { score, grade, scoreRules: fired.map(({ id, points }) => ({ id, points })) };
};

const headOf = (known: KnownLead, points: Points, segments: readonly string[]): LeadHead => {
  const { leadId, status, capturedAt, sourceId, owner, queue, opportunityId, mergedInto } = known.lead;
  return { leadId, status, capturedAt, sourceId, ...points, segments: [...segments], owner, queue, opportunityId, mergedInto };
};

/** Leads as the API shows them. */
export const leadViews = ({ stores, clock }: { readonly stores: Stores; readonly clock: Clock }) => {
  const versionsOf = (found: readonly CapturedLead[]) =>
    stores.points.versions(found.flatMap(({ score }) => (score === null ? [] : [score.pointsVersion])));

  const headsOf = (
    found: readonly KnownLead[],
    versions: ReadonlyMap<number, ScoringRules>,
    { segments: market }: Rulebook,
  ): readonly LeadHead[] => {
    const now = clock.now();
    return found.map((known) => {
      const points = pointsOf(known, versions.get(known.lead.score?.pointsVersion ?? 0), now);
      return headOf(known, points, known.lead.status === 'erased' ? [] : segmentsOf(market.segments, known.facts, now));
    });
  };

  const load = async (found: readonly CapturedLead[]) => {
    const [book, versions] = await Promise.all([stores.rulebook(), versionsOf(found)]);
    const withTouches = asksOfBehaviour([...versions.values()], book.segments.segments);
    return { book, versions, known: await knownLeads(stores, found, { book, withTouches }) };
  };

  const viewOf = ({ lead }: KnownLead, head: LeadHead, { survivorship }: Rulebook): LeadView & Pick<Resolved, 'provenance'> => {
    const { fields, provenance } = resolved(allKnown(lead), survivorship);
    return { ...head, person: fields, provenance };
  };

  return {
    heads: async (found: readonly CapturedLead[]): Promise<readonly LeadHead[]> => {
      const { book, versions, known } = await load(found);
      return headsOf(known, versions, book);
    },
    /** each value as the rules of survivorship choose it */
    views: async (found: readonly CapturedLead[]): Promise<readonly (LeadView & Pick<Resolved, 'provenance'>)[]> => {
      const { book, versions, known } = await load(found);
      const shown = headsOf(known, versions, book);
      return known.flatMap((one, index) => {
        const head = shown[index];
        return head === undefined ? [] : [viewOf(one, head, book)];
      });
    },
    /** one lead whose touchpoints are known already, with the rules that scored it */
    view: async (known: KnownLead, book: Rulebook) => {
      const versions = await versionsOf([known.lead]);
      const [head] = headsOf([known], versions, book);
      if (head === undefined) throw new Error(`lead ${known.lead.leadId}: has no view`);
      return { view: viewOf(known, head, book), rules: versions.get(known.lead.score?.pointsVersion ?? 0) };
    },
  };
};

export const consentViews = (record: ConsentRecord): ConsentView[] =>
  Object.entries(allConsents(record))
    .map(([purpose, consent]) => ({ purpose, ...consent }))
    .toSorted((a, b) => (a.purpose < b.purpose ? -1 : 1));
