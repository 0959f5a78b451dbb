import {
  currency,
  day,
  instant,
  moneyText,
  opportunityId,
  processId,
  repId,
  sourceId,
  teamId,
  toInstant,
  leadId,
} from '@meilenstein/kernel';
import * as z from 'zod';
import { account } from './account.ts';

/** Money as events carry it: integer minor units and the ISO 4217 code. */
export const eventMoney = z.object({ minor: z.int(), currency });

/** The most that an opportunity or an order may be worth, in units of its currency: in any currency a larger amount is a typing error. */
const mostWorth = 100_000_000_000;

/** What an opportunity or an order is worth, as it is typed or imported. */
export const worthText = moneyText.refine(({ amount }) => Number(amount) <= mostWorth, {
  path: ['amount'],
  error: `is above ${mostWorth}, the largest amount of an opportunity; please check it`,
});

/** The exchange rate frozen on an event: `value` reporting units for one unit of the amount's currency, as a decimal. */
export const frozenRate = z.object({
  id: z.string().min(1),
  date: day,
  value: z.string().regex(/^\d{1,12}(\.\d{1,12})?$/, 'is a decimal such as 1.0734'),
});
export type FrozenRate = z.infer<typeof frozenRate>;

/** A name in both languages that people read. */
export const bilingual = z.object({ de: z.string().min(1).max(120), en: z.string().min(1).max(120) });

/** What every event of an opportunity carries, so that no consumer has to look it up. */
export const opportunityDimensions = z.object({
  opportunityId,
  processId,
  processVersion: z.int().positive(),
  account,
  leadId: leadId.nullable(),
  sourceId: sourceId.nullable(),
  segment: z.string().min(1).max(60).nullable(),
  repId,
  /** the owner's team at the event */
  teamId,
  openedAt: instant,
  /** null while unknown */
  amount: eventMoney.nullable(),
});
export type OpportunityDimensions = z.infer<typeof opportunityDimensions>;

/** Who or what a figure is about. The company's key is `company`. */
const nodeLevel = z.enum(['company', 'team', 'rep']);
export type NodeLevel = z.infer<typeof nodeLevel>;
export const node = z.object({ level: nodeLevel, key: z.string().min(1).max(80) });
export type Node = z.infer<typeof node>;

/**
 * A name that people type: at least one visible character, no control characters, no half surrogate pairs, none that change the direction of
 * writing, no line separators, and not the character that stands for one that was lost.
 */
export const plainName = z
  .string()
  .min(1)
  .max(200)
  .regex(/[\p{L}\p{N}\p{P}\p{S}]/u, 'is blank')
  .regex(/^[^\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufffd]*$/u, 'holds characters that cannot be printed');

/** A text that people type, of several lines if need be: no control characters, no half surrogate pairs, none that change the direction of writing. */
export const plainText = (most: number) =>
  z
    .string()
    .max(most)
    .regex(/^(?:[\t\n\r]|[^\p{Cc}\p{Cs}\u202a-\u202e\u2066-\u2069])*$/u, 'holds characters that cannot be printed');

/** The earliest time that can be recorded; an older year is a typing error. */
export const earliestFact = toInstant('1990-01-01T00:00:00Z');
