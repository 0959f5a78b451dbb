import { personField, type PersonFields, type PointsRule } from '@meilenstein/contracts';
import { leadId, sourceId, toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { scoreOf } from '../points.ts';
import { leadFacts } from './lead-facts.ts';
import { scoringFromPoints } from './points-upcast.ts';
import { scoreLead } from './score-lead.ts';
import { checkScoring } from './scoring-rules.ts';

const now = toInstant('2026-03-02T09:00:00Z');
const text = fc.constantFrom('a@mills.example', 'a@gmx.de', 'DE', 'de ', 'Deutschland', '51-200', '49', '1.000', 'many', ' ', 'x');
const fields: fc.Arbitrary<PersonFields> = fc.dictionary(fc.constantFrom(...personField.options), text);
const rule: fc.Arbitrary<PointsRule> = fc.record({
  id: fc.constantFrom('a', 'b', 'c', 'd', 'e', 'f'),
  field: fc.constantFrom(...personField.options),
  test: fc.constantFrom('present', 'equals', 'business-domain', 'at-least'),
  value: fc.constantFrom('50', '100', '1'),
  points: fc.integer({ min: -100, max: 100 }).filter((points) => points !== 0),
});
const rules = fc.uniqueArray(rule, { selector: (one) => one.id, maxLength: 6 });

it('a table of points from before gives every lead the score and the rules that it gave', () => {
  fc.assert(
    fc.property(rules, fields, (given, about) => {
      const upcast = scoringFromPoints({ version: 1, rules: given });
      const facts = leadFacts({ leadId: leadId.parse('l'), fields: about, sourceId: sourceId.parse('s'), capturedAt: now, touches: [], bant: {}, consents: [] }); // prettier-ignore
      const { score, rules: fired } = scoreLead(upcast, facts, [], now);
      const before = scoreOf({ version: 1, rules: given }, about);
      expect({ score, rules: fired.map((one) => one.id) }).toEqual({ score: before?.score, rules: before?.rules });
      expect(checkScoring(upcast)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
