import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import { useTargetName } from '../sources/target-name.ts';
import type { mappingChanges } from './mapping-draft.ts';

type MappingComparisonProps = {
  readonly changes: ReturnType<typeof mappingChanges>;
  readonly failure: unknown;
  readonly onSave: () => void;
  readonly onClose: () => void;
};

/** What a new mapping changes against the one in force, before it is published. */
export const MappingComparison = ({ changes, failure, onSave, onClose }: MappingComparisonProps) => {
  const t = useTranslations('source.mapping.compare');
  const shell = useTranslations('shell');
  const trial = useTranslations('sources.trial');
  const nameOf = useTargetName();
  const named = (target: string | null): string => (target === null ? trial('notMapped') : nameOf(target));
  return (
    <Sheet
      title={t('title')}
      at="middle"
      isOpen
      onClose={onClose}
      foot={
        <>
          <Button onPress={onClose}>{shell('cancel')}</Button>
          <Button look="primary" onPress={onSave} autoFocus>
            {t('save')}
          </Button>
        </>
      }
    >
      <p>{t('text')}</p>
      {failure === undefined ? null : <FailureMessage error={failure} />}
      <PlainTable
        label={t('title')}
        rows={changes}
        rowId={({ path }) => path}
        columns={[
          { id: 'path', head: t('field'), isLead: true, cell: ({ path }) => path },
          { id: 'before', head: t('before'), cell: ({ before }) => named(before) },
          { id: 'now', head: t('now'), cell: ({ now }) => named(now) },
        ]}
      />
    </Sheet>
  );
};
