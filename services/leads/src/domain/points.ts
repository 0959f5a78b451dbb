import { pointsPublished, pointsRule, type Happened, type PersonFields, type PointsFact, type PointsRule } from '@meilenstein/contracts';
import { decided, refused, type Decision, type Refusal } from '@meilenstein/kernel';
import * as z from 'zod';
import { domainOf, isFreeMail } from './person.ts';

/** The table of points; version 0 is the one before any was published: it has no rules and gives no score. */
export const pointsTable = z.object({ version: z.int().nonnegative(), rules: z.array(pointsRule) });
export type PointsTable = z.infer<typeof pointsTable>;

export const noPoints: PointsTable = { version: 0, rules: [] };

export const evolvePoints = (_before: PointsTable, fact: Happened<PointsFact>): PointsTable => fact.data;

export type PointsRefusal = Refusal<'rule-is-there-twice' | 'value-is-missing'>;

const lacksValue = (rule: PointsRule): boolean =>
  (rule.test === 'equals' && (rule.value ?? '').trim() === '') ||
  (rule.test === 'at-least' && !Number.isFinite(Number.parseFloat(rule.value ?? '')));

/** A new version holds for leads from now on; scores that were given stay. */
export const publishPoints = (before: PointsTable, rules: readonly PointsRule[]): Decision<PointsFact, PointsRefusal> => {
  const twice = rules.find((rule, index) => rules.findIndex((other) => other.id === rule.id) !== index);
  if (twice !== undefined)
    return refused('rule-is-there-twice', `rules: ${twice.id} is there twice; give each rule an id of its own`, {
      field: 'rules',
      value: twice.id,
    });
  const blank = rules.find(lacksValue);
  if (blank !== undefined)
    return refused(
      'value-is-missing',
      `rules: ${blank.id} tests ${blank.test} and needs a ${blank.test === 'equals' ? 'text' : 'number'} as value`,
      {
        field: 'rules',
        value: blank.id,
      },
    );
  return decided(pointsPublished.of({ version: before.version + 1, rules: [...rules] }));
};

/** The first number in a text such as `51-200` or `1.000 employees`. */
export const firstNumber = (text: string): number | undefined => {
  const digits = /\d+/.exec(text.replace(/(\d)[.,' ](?=\d{3}(?!\d))/g, '$1'))?.[0];
  return digits === undefined ? undefined : Number(digits);
};

const fires = (rule: PointsRule, fields: PersonFields): boolean => {
  const value = fields[rule.field]?.trim() ?? '';
  switch (rule.test) {
    case 'present':
      return value !== '';
    case 'equals':
      return value.toLowerCase() === rule.value?.trim().toLowerCase();
    case 'business-domain': {
      const domain = domainOf(value);
      return domain !== undefined && !isFreeMail(domain);
    }
    case 'at-least': {
      const number = firstNumber(value);
      return number !== undefined && number >= Number.parseFloat(rule.value ?? '');
    }
  }
};

export type Score = { readonly score: number; readonly rules: readonly string[]; readonly pointsVersion: number };

/** The sum of the rules that fired, between 0 and 100, with their ids; null while no table is published. */
export const scoreOf = (table: PointsTable, fields: PersonFields): Score | null => {
  if (table.version === 0) return null;
  const fired = table.rules.filter((rule) => fires(rule, fields));
  const sum = fired.reduce((total, rule) => total + rule.points, 0);
  return { score: Math.min(100, Math.max(0, sum)), rules: fired.map((rule) => rule.id), pointsVersion: table.version };
};
