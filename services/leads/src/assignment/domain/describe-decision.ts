import type { Language } from '@meilenstein/kernel';
import type { Routing } from './route-lead.ts';
import { assignmentTexts } from './texts.ts';

/** A routing decision in one sentence. */
export const describeDecision = ({ to, rules, ruleId, candidates, excluded }: Routing, language: Language): string => {
  const { decision: texts, exclusions } = assignmentTexts[language];
  const rule = rules.find((one) => one.id === ruleId)?.name;
  if (rule === undefined) return to.kind === 'rep' ? texts.accountOwnerWithoutRule : texts.noRule;
  if (to.kind === 'rep') return to.reason === 'account-owner' ? texts.accountOwner(rule) : texts.rotation(rule, candidates.length);
  const reasons = [...Map.groupBy(excluded, (one) => one.code)].map(([code, those]) => `${those.length} ${exclusions.codes[code]}`);
  return texts.nobody(rule, reasons.join(', '));
};
