import { isAnswerDue, isAnsweredInTime } from '@meilenstein/contracts';
import { earlierOf } from '@meilenstein/kernel';
import { ratio, type Kpi } from '../kpi.ts';
import { responseTimesOf } from '../service-levels.ts';

export const serviceLevelCompliance: Kpi = {
  id: 'service-level-compliance',
  version: 2,
  title: { de: 'Reaktionszusage eingehalten', en: 'Service level kept' },
  unit: 'ratio',
  formula: {
    de: 'vor der Frist beantwortete ÷ im Zeitraum fällige Leads (oder als fällig bekannt gewordene), nach dem Stand am Ende des Zeitraums; Leads, die vor der Frist wegfielen, zählen nicht',
    en: 'leads answered before their deadline ÷ leads due in the period (or first known to be due in it), as known at its end; leads that were converted, disqualified or erased before their deadline do not count',
  },
  basis: 'LeadServiceLevelStarted.dueAt, its recordedAt where that is later',
  grain: 'rep',
  kind: 'outcome',
  parts: 'count',
  measure: (facts, { from, until, cutOff }) => {
    // Counted by due date: a lead that was never answered counts like one that was answered too late.
    const due = facts.of('deadline', from, earlierOf(until, cutOff)).map(responseTimesOf).filter(isAnswerDue);
    return [ratio(due.filter(isAnsweredInTime).length, due.length)];
  },
};
