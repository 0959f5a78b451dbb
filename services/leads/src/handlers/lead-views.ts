import type { ConsentView, LeadHead, LeadView } from '@meilenstein/contracts';
import { allKnown, type CapturedLead } from '../domain/lead.ts';
import { resolved, type Resolved } from '../domain/survivorship.ts';
import type { Shelves } from '../store/shelves.ts';

/** Leads as the API shows them. */
export const leadViews = ({ points, survivorship }: Pick<Shelves, 'points' | 'survivorship'>) => {
  const heads = async (found: readonly CapturedLead[]): Promise<readonly LeadHead[]> => {
    const tables = await points.versions(found.flatMap(({ score }) => (score === null ? [] : [score.pointsVersion])));
    return found.map(({ leadId, status, capturedAt, sourceId, score, owner, opportunityId, mergedInto }) => {
      const rules = score === null ? [] : (tables.get(score.pointsVersion) ?? []);
      const scoreRules = (score?.rules ?? []).map((id) => ({ id, points: rules.find((rule) => rule.id === id)?.points ?? 0 }));
      return { leadId, status, capturedAt, sourceId, score: score?.score ?? null, scoreRules, owner, opportunityId, mergedInto };
    });
  };

  return {
    heads,
    /** each value as the rules of survivorship choose it */
    views: async (found: readonly CapturedLead[]): Promise<readonly (LeadView & Pick<Resolved, 'provenance'>)[]> => {
      const [shown, { rules }] = await Promise.all([heads(found), survivorship.current()]);
      return shown.flatMap((head, index) => {
        const lead = found[index];
        if (lead === undefined) return [];
        const { fields, provenance } = resolved(allKnown(lead), rules);
        return [{ ...head, person: fields, provenance }];
      });
    },
  };
};

export const consentViews = ({ consents }: Pick<CapturedLead, 'consents'>): ConsentView[] =>
  Object.entries(consents)
    .map(([purpose, consent]) => ({ purpose, ...consent }))
    .toSorted((a, b) => (a.purpose < b.purpose ? -1 : 1));
