import { partyRole, type PartyRole } from '@meilenstein/contracts';

/** Common German and English words, the specific before the general: a purchasing manager is procurement, a manager is management. */
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
 * The published word for a role as it was typed. What was typed may contain a name and must not leave the service. Umlauts may be written
 * either way, and anything unrecognised is `other`.
 */
export const partyRoleOf = (typed: string): PartyRole => {
  const text = typed.trim().toLowerCase().normalize('NFD').replace(/\p{M}/gu, '');
  const word = partyRole.safeParse(text);
  return word.success ? word.data : (words.find(([, pattern]) => pattern.test(text))?.[0] ?? 'other');
};

/** The typed text, where it says more than the published word. */
export const typedRole = (typed: string): string | undefined => (partyRoleOf(typed) === typed ? undefined : typed);
