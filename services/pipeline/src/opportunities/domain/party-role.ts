import { partyRole, type PartyRole } from '@meilenstein/contracts';

/** Common German and English words, the special before the general: a purchasing manager is procurement, a manager is management. */
const words: readonly (readonly [PartyRole, RegExp])[] = [
  ['decision-maker', /decision|decider|entscheid/],
  ['champion', /champion|sponsor|fu?e?rsprech|promotor/],
  ['influencer', /influenc|beeinfluss|advis|consult|berat/],
  ['legal', /legal|lawyer|attorney|counsel|jurist|anwalt|anwa?e?ltin|recht/],
  ['finance', /financ|finanz|accountant|accounting|buchhalt|controll|treasur|\bcfo\b/],
  ['buyer', /buyer|purchaser|einka?e?ufer/],
  ['procurement', /procure|purchas|einkauf|beschaff/],
  ['engineer', /engineer|ingenieur|techni|developer|entwickl|konstrukt|\bcto\b/],
  ['user', /user|anwend|nutzer|bedien|operator/],
  [
    'management',
    /manag|director|direktor|gescha?e?fts(fu?e?hr|leit)|vorstand|inhaber|owner|leiter|leitung|\bchef|president|\bhead\b|\bc[eo]o\b/,
  ],
];

/**
 * The word of the fixed vocabulary for a function as somebody typed it, which may hold a name and must not travel. Umlauts may be
 * written either way. What is not known is `other`.
 */
export const partyRoleOf = (typed: string): PartyRole => {
  const text = typed.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const word = partyRole.safeParse(text);
  return word.success ? word.data : (words.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other');
};

/** What was typed, where the word alone does not say it. */
export const typedRole = (typed: string): string | undefined => (partyRoleOf(typed) === typed ? undefined : typed);
