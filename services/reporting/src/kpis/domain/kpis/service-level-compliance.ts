import { earlierOf } from '@meilenstein/kernel';
import { ratio, type Kpi } from '../kpi.ts';

export const serviceLevelCompliance: Kpi = {
  id: 'service-level-compliance',
  version: 2,
  title: { de: 'Reaktionszusage eingehalten', en: 'Service level kept' },
  unit: 'ratio',
  formula: {
    de: 'vor der Frist beantwortete ÷ im Zeitraum fällige Leads (oder als fällig bekannt gewordene), nach dem Stand am Ende des Zeitraums; wer vor der Frist wegfiel, zählt nicht',
    en: 'leads answered before their deadline ÷ due in the period (or known to be due since), as known at its end; whoever was gone before does not count',
  },
  basis: 'LeadServiceLevelStarted.dueAt, its recordedAt where that is later',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, { from, until, cutOff }) => {
    // By due date: what nobody ever answered counts as much as what was answered too late.
    const owed = facts
      .of('due', from, earlierOf(until, cutOff))
      .filter(({ answers, ended, occurredAt }) => answers.length > 0 || ended === null || ended.occurredAt >= occurredAt);
    const kept = owed.filter(({ answers, occurredAt }) => answers.some((answer) => answer.occurredAt < occurredAt));
    return [ratio(kept.length, owed.length)];
  },
};
