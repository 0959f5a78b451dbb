import { useTranslations } from 'use-intl';
import { useFilter } from '../app/filter.ts';
import { useMe } from '../company/me.ts';
import { Pick } from '../parts/form/pick.tsx';
import { LearnedScore } from './learned-score.tsx';
import { mayReadRule, ruleDocuments } from './rule-documents.ts';
import { RuleWorkbench } from './rule-workbench.tsx';

const groups = [
  ['points', 'qualification', 'segments', 'learned-score'],
  ['routing', 'territories', 'service-levels', 'follow-up'],
  ['survivorship', 'retention'],
] as const;

type RuleName = (typeof groups)[number][number];

/** The rules of the company, one document at a time: in force, candidate, rehearsal. */
export const RulesScreen = () => {
  const t = useTranslations('rules');
  const { roles } = useMe();
  const [filter, change] = useFilter();
  const readable = ruleDocuments.filter((document) => mayReadRule(document, roles));
  const isOffered = (name: RuleName): boolean => name === 'learned-score' || readable.some(({ id }) => id === name);
  const offered = groups.map((group) => group.filter(isOffered)).filter((group) => group.length > 0);
  const chosen = offered.flat().find((name) => name === filter['rules']) ?? 'points';
  const document = readable.find(({ id }) => id === chosen);
  const picker = (
    <Pick
      label={t('choose')}
      isLabelHidden
      value={chosen}
      groups={offered.map((group) => ({ options: group.map((id) => ({ id, label: t(`names.${id}`) })) }))}
      onChange={(id) => change({ rules: id })}
    />
  );
  return document === undefined ? <LearnedScore filters={picker} /> : <RuleWorkbench key={document.id} rule={document} filters={picker} />;
};
