import type { SurvivorshipRules } from '@meilenstein/contracts';
import { resolveProfile } from '../../identity/domain/survivorship.ts';
import { fullProfile, type CapturedLead } from './lead.ts';

/** What a list calls a lead: the person, or else the company or the e-mail address. Null after erasure. */
export const titleOf = (lead: Pick<CapturedLead, 'profile' | 'absorbed'>, rules: SurvivorshipRules): string | null => {
  const { name, company, email } = resolveProfile(fullProfile(lead), rules).fields;
  return name ?? company ?? email ?? null;
};
