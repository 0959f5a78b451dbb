import { personField, type PersonFields, type PointsRule } from '@meilenstein/contracts';
import { leadId, sourceId, toInstant } from '@meilenstein/kernel';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { firstNumber } from '../../identity/domain/first-number.ts';
import { domainOf, isFreeMail } from '../../identity/domain/person.ts';
import { leadFacts } from './lead-facts.ts';
import { scoringFromPoints } from './points-upcast.ts';
import { scoreLead } from './score-lead.ts';
import { checkScoring } from './scoring-rules.ts';

/** As the first tables of points were read: a released promise, written down here because nothing else reads them any more. */
const firedBefore = (rule: PointsRule, about: PersonFields): boolean => {
  const value = about[rule.field]?.trim() ?? '';
  const domain = domainOf(value);
  const number = firstNumber(value);
  switch (rule.test) {
    case 'present':
      return value !== '';
    case 'equals':
      return value.toLowerCase() === rule.value?.trim().toLowerCase();
    case 'business-domain':
      return domain !== undefined && !isFreeMail(domain);
    case 'at-least':
      return number !== undefined && number >= Number.parseFloat(rule.value ?? '');
  }
};

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

it('an old table of points still gives every lead the same score and rules', () => {
  fc.assert(
    fc.property(rules, fields, (given, about) => {
      const upcast = scoringFromPoints(given);
      const facts = leadFacts({
        leadId: leadId.parse('l'),
        fields: about,
        sourceId: sourceId.parse('s'),
        capturedAt: now,
        touches: [],
        bant: {},
        consents: [],
      });
      const { score, rules: fired } = scoreLead(upcast, facts, [], now);
      const before = given.filter((one) => firedBefore(one, about));
      const sum = before.reduce((total, one) => total + one.points, 0);
      expect({ score, rules: fired.map((one) => one.id) }).toEqual({
        score: Math.min(100, Math.max(0, sum)),
        rules: before.map((one) => one.id),
      });
      expect(checkScoring(upcast)).toBeUndefined();
    }),
    { numRuns: 500 },
  );
});
