import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import { useMe } from '../company/me.ts';
import { usePeople } from '../company/people.ts';
import { titleOf } from '../documents/compare-documents.ts';
import { isRecord } from '../documents/json.ts';
import type { Shape } from '../documents/shape.ts';
import { useDocumentWords } from '../documents/use-document-words.ts';
import { routingShape, territoriesShape } from './assignment-shapes.ts';
import { retentionShape, survivorshipShape } from './person-shapes.ts';
import type { RuleId } from './rule-documents.ts';
import { pointsShape, qualificationShape, segmentsShape } from './scoring-shapes.ts';
import { followUpShape, serviceLevelsShape } from './service-shapes.ts';
import type { ShapeWords } from './shape-words.ts';
import { useRuleFields } from './use-lead-fields.ts';

const reasons = [
  'no-fit',
  'no-need',
  'no-budget',
  'no-authority',
  'bad-timing',
  'price-problem',
  'chose-competitor',
  'not-reachable',
  'not-a-lead',
] as const;

const shapes: Readonly<Record<RuleId, (words: ShapeWords) => Shape>> = {
  points: pointsShape,
  qualification: qualificationShape,
  segments: segmentsShape,
  routing: routingShape,
  territories: territoriesShape,
  'service-levels': serviceLevelsShape,
  'follow-up': followUpShape,
  survivorship: survivorshipShape,
  retention: retentionShape,
};

/** How a document of rules is edited, in the words of the reader. */
export const useRuleShape = (id: RuleId): Shape => {
  const t = useTranslations('rules');
  const reasonTexts = useTranslations('lead.disqualify.reasons');
  const { zone, today } = useMe();
  const { teams } = usePeople();
  const words = useDocumentWords();
  const fields = useRuleFields();
  const isRouted = id === 'routing' || id === 'territories';
  const territories = useRead('GET /territories', {}, { rhythm: 'calm', enabled: isRouted }).data?.body.territories ?? [];
  const criteria = useRead('GET /qualification', {}, { rhythm: 'calm', enabled: id === 'follow-up' }).data?.body.criteria?.categories ?? [];
  return shapes[id]({
    t,
    zone,
    today,
    fields,
    teams: teams.map(({ key, name }) => ({ id: key, label: name })),
    territories: territories.map(({ territoryId, name }) => ({ id: territoryId, label: name })),
    categories: [
      ...criteria.map((category) => ({ id: category.id, label: category.title })),
      ...reasons.map((reason) => ({ id: reason, label: reasonTexts(reason) })),
    ],
    conditionTitle: (condition) => (item) =>
      isRecord(item) && item['when'] !== undefined ? words.valueText(condition, item['when']) : titleOf(item),
  });
};
