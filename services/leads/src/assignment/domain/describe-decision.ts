import type { Routing } from './route-lead.ts';

/** A routing decision in one sentence. */
export const describeDecision = ({ to, rules, ruleId, candidates, excluded }: Routing): string => {
  const rule = rules.find((one) => one.id === ruleId)?.name;
  if (rule === undefined) return to.kind === 'rep' ? 'owns the account; no rule matches' : 'no rule matches';
  if (to.kind === 'rep')
    return to.reason === 'account-owner' ? `“${rule}”, and owns the account` : `“${rule}”, by rotation among ${candidates.length}`;
  const codes = [...Map.groupBy(excluded, (one) => one.code)].map(([code, those]) => `${those.length} ${code}`);
  return `“${rule}”, but no rep is eligible: ${codes.join(', ')}`;
};
