import { useTranslations } from 'use-intl';
import { Pick } from '../parts/form/pick.tsx';
import { leadFields, useTargetName } from '../sources/target-name.ts';
import { customTarget } from './mapping-draft.ts';

type TargetPickProps = { readonly path: string; readonly target: string | null; readonly onChange: (target: string) => void };

/** Which field of a lead a field of the form fills: one that every company has, one of its own, or none. */
export const TargetPick = ({ path, target, onChange }: TargetPickProps) => {
  const t = useTranslations('source.mapping');
  const trial = useTranslations('sources.trial');
  const nameOf = useTargetName();
  const own = [...new Set([target?.startsWith('custom.') === true ? target : undefined, customTarget(path)])].flatMap((each) => each ?? []);
  return (
    <Pick
      label={t('targetOf', { path })}
      isLabelHidden
      value={target ?? ''}
      groups={[{ options: [{ id: '', label: trial('notMapped') }, ...[...leadFields, ...own].map((id) => ({ id, label: nameOf(id) }))] }]}
      onChange={onChange}
    />
  );
};
