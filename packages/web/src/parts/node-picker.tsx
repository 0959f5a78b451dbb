import { useTranslations } from 'use-intl';
import { nodeId } from '../company/nodes.ts';
import type { Nodes } from '../company/use-nodes.ts';
import { Pick } from './form/pick.tsx';

/** Whose figures are shown: the company, a team, a rep, a segment or a process. */
export const NodePicker = ({ of: { node, groups, choose } }: { readonly of: Nodes }) => {
  const t = useTranslations('nodes');
  return (
    <Pick
      label={t('label')}
      isLabelHidden
      value={nodeId(node)}
      groups={groups.map(({ level, nodes }) => ({
        ...(level === 'company' ? {} : { label: t(`levels.${level}`) }),
        options: nodes.map(({ key, name }) => ({ id: nodeId({ level, key }), label: name })),
      }))}
      onChange={choose}
    />
  );
};
