import type { ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { PlainTable } from '../parts/table/plain-table.tsx';
import type { Trial } from './trial.ts';
import { useTargetName } from './target-name.ts';

type Line = Trial['explanation'][number];

type TrialTableProps = {
  readonly trial: Trial;
  /** a field to choose the target by, where the mapping may be changed here */
  readonly targetField?: (line: Line) => ReactNode;
};

/** The mapping line by line: each value of the payload, which field it fills, and why. */
export const TrialTable = ({ trial, targetField }: TrialTableProps) => {
  const t = useTranslations('sources.trial');
  const nameOf = useTargetName();
  if (trial.explanation.length === 0) return <p>{t('nothingRead')}</p>;
  return (
    <PlainTable
      label={t('result')}
      rows={trial.explanation}
      rowId={({ path, target }) => `${path} ${target}`}
      isMuted={({ target }) => target === null && targetField === undefined}
      columns={[
        { id: 'path', head: t('path'), isLead: true, cell: ({ path }) => path },
        { id: 'value', head: t('value'), cell: ({ value }) => value },
        { id: 'target', head: t('target'), cell: targetField ?? (({ target }) => (target === null ? t('notMapped') : nameOf(target))) },
        { id: 'result', head: t('result'), cell: ({ result }) => result },
      ]}
    />
  );
};
