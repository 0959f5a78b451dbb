import { leadAssigned, leadQueued, leadRouted, mostNamed, type Company, type FallbackQueue, type LeadFact } from '@meilenstein/contracts';
import { addMillis, dueAt, inEachLanguage, type InLanguages, type Instant } from '@meilenstein/kernel';
import { matchInWords, missingInWords } from '../../qualification/domain/verdict-words.ts';
import type { Routing } from './route-lead.ts';

/** The time by which a lead that enters a queue now should be picked; hours without working time count around the clock. */
export const queueDueAt = ({ minutes, hours, region }: FallbackQueue, { holidays }: Pick<Company, 'holidays'>, now: Instant): Instant => {
  const millis = minutes * 60_000;
  const free = region === null ? [] : (holidays[region] ?? []);
  return (hours === null ? undefined : dueAt(hours, free, now, millis)) ?? addMillis(now, millis);
};

// The rule that decided is last, so the last ones are kept.
const mostRules = 20;

const wordsOf = ({ verdict }: Routing['rules'][number], zone: string): InLanguages<string> =>
  inEachLanguage((language) => (verdict.answer === 'yes' ? matchInWords : missingInWords)(verdict, { language, zone }));

const routedFact = (routing: Routing, zone: string): LeadFact => {
  const { leadId, version, ruleId, territoryId, rotation, to, candidates, excluded } = routing;
  const named = excluded.slice(0, mostNamed);
  const excludedBy = Object.fromEntries([...Map.groupBy(excluded, (one) => one.code)].map(([code, those]) => [code, those.length]));
  const destination =
    to.kind === 'rep'
      ? { kind: to.kind, repId: to.repId, reason: to.reason }
      : { kind: to.kind, queueId: to.queue.queueId, reason: to.reason };
  return leadRouted.of(
    {
      leadId,
      version,
      ruleId,
      territoryId,
      rotation,
      to: destination,
      eligible: candidates.length,
      candidates: candidates.slice(0, mostNamed).map(({ repId, count, weight }) => ({ repId, count, weight })),
      excludedBy,
      excluded: named.map(({ repId, code }) => ({ repId, code })),
    },
    {
      confidential: {
        rules: routing.rules
          .slice(-mostRules)
          .map((one) => ({ id: one.id, name: one.name, answer: one.verdict.answer, words: wordsOf(one, zone) })),
        excluded: named.map((one) => one.words),
      },
    },
  );
};

/** The events of a routing decision: the decision, then the owner or the queue. */
export const routedFacts = (routing: Routing, company: Pick<Company, 'holidays' | 'zone'>, now: Instant): readonly LeadFact[] => {
  const { leadId, to } = routing;
  if (to.kind === 'rep') {
    const candidates = Math.max(1, routing.candidates.length);
    return [
      routedFact(routing, company.zone ?? 'UTC'),
      leadAssigned.of({ leadId, repId: to.repId, teamId: to.teamId, reason: to.reason, candidates }),
    ];
  }
  const { queueId, teamId } = to.queue;
  return [
    routedFact(routing, company.zone ?? 'UTC'),
    leadQueued.of({ leadId, queueId, teamId, dueAt: queueDueAt(to.queue, company, now), reason: to.reason }),
  ];
};
