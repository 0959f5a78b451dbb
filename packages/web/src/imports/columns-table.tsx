import { useTranslations } from 'use-intl';
import { Pick } from '../parts/form/pick.tsx';
import { PlainTable } from '../parts/table/plain-table.tsx';
import { importFields, type ImportKind } from './import-fields.ts';

type ColumnsTableProps = {
  readonly kind: ImportKind;
  readonly columns: readonly string[];
  readonly fields: Readonly<Record<string, string | undefined>>;
  readonly onChange: (column: string, field: string | undefined) => void;
};

/** Which column of the file is which field; a column without one is left out. */
export const ColumnsTable = ({ kind, columns, fields, onChange }: ColumnsTableProps) => {
  const t = useTranslations('imports');
  const options = importFields[kind].map(({ field, name }) => ({ id: field, label: t(`fields.${name}`) }));
  return (
    <PlainTable
      label={t('mapping')}
      rows={columns}
      rowId={(column) => column}
      columns={[
        { id: 'column', head: t('column'), isLead: true, cell: (column) => column },
        {
          id: 'field',
          head: t('field'),
          cell: (column) => (
            <Pick
              label={t('fieldOf', { column })}
              isLabelHidden
              value={fields[column] ?? ''}
              groups={[{ options: [{ id: '', label: t('leftOut') }, ...options] }]}
              onChange={(id) => onChange(column, id === '' ? undefined : id)}
            />
          ),
        },
      ]}
    />
  );
};
