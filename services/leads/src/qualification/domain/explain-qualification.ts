import type { QualificationExplanation, Stage } from '@meilenstein/contracts';
import type { Facts, Instant, Verdict } from '@meilenstein/kernel';
import type { CapturedLead } from '../../lead/domain/lead.ts';
import type { CriteriaInForce } from './criteria-versions.ts';
import { qualify, type Qualification } from './qualification.ts';
import { missingInWords, verdictInWords } from './verdict-words.ts';
import { dayInWords, type Locale } from '../../lead/domain/time-in-words.ts';
import { qualificationTexts } from './texts.ts';

/** The result of the criteria for a lead, in words. */
export const qualificationNow = (
  { stage, category, mql, intent, fit }: Qualification,
  locale: Locale,
): QualificationExplanation['now'] => ({
  stage,
  category,
  mql: verdictInWords(mql, locale),
  intent: intent === null ? null : verdictInWords(intent, locale),
  fit: fit === null ? null : verdictInWords(fit, locale),
});

type ReachedStage = CapturedLead['reached']['mql'];

const lacks = (what: 'interest' | 'intent' | 'fit', verdict: Verdict | null, locale: Locale): readonly string[] =>
  verdict === null || verdict.answer === 'yes' ? [] : [qualificationTexts[locale.language].missing(what, missingInWords(verdict, locale))];

/** For a lead that is closed, what is missing no longer matters. */
const never = ({ status }: CapturedLead, by: string, { language }: Locale): string | undefined => {
  const texts = qualificationTexts[language];
  if (status === 'converted') return texts.convertedWithout(by);
  return status === 'disqualified' || status === 'merged' ? texts.closedWithout(by) : undefined;
};

/** Criteria that are met now but were not at the last assessment, such as those about time, count with the next thing that happens. */
const stageSentence = (lead: CapturedLead, stage: Stage, missing: readonly string[], locale: Locale): string => {
  const texts = qualificationTexts[locale.language];
  const [reached, by] = [lead.reached[stage], texts.stages[stage]];
  if (reached !== undefined) return texts.qualified(by, dayInWords(reached.at, locale), reached.version);
  const ended = never(lead, by, locale);
  if (ended !== undefined) return ended;
  return texts.notYet(by, missing.length === 0 ? texts.metNow : missing.join('. '));
};

const reachedView = (reached: ReachedStage): QualificationExplanation['mql'] =>
  reached === undefined ? null : { at: reached.at, criteriaVersion: reached.version };

/** Why a lead is, or is not, qualified; null while there are no criteria. */
export const explainQualification = (
  lead: CapturedLead,
  { version, criteria }: CriteriaInForce,
  { facts, now, locale }: { readonly facts: Facts; readonly now: Instant; readonly locale: Locale },
): QualificationExplanation | null => {
  if (criteria === null) return null;
  const result = qualify(criteria, facts, now);
  const given = lead.disqualified;
  const texts = qualificationTexts[locale.language];
  return {
    summary: [
      ...(given === null ? [] : [texts.disqualified(dayInWords(given.at, locale), texts.reasons[given.reason])]),
      stageSentence(lead, 'mql', lacks('interest', result.mql, locale), locale),
      stageSentence(lead, 'sql', [...lacks('intent', result.intent, locale), ...lacks('fit', result.fit, locale)], locale),
    ],
    criteriaVersion: version,
    mql: reachedView(lead.reached.mql),
    sql: reachedView(lead.reached.sql),
    now: qualificationNow(result, locale),
  };
};
