import { Link } from '@tanstack/react-router';
import { ArrowLeft, Upload } from 'lucide-react';
import { useState } from 'react';
import { FileTrigger } from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { useMe } from '../company/me.ts';
import { Card } from '../parts/card.tsx';
import { Button } from '../parts/form/button.tsx';
import { Choice } from '../parts/form/choice.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { FailureMessage } from '../parts/failure-message.tsx';
import { Screen } from '../parts/screen.tsx';
import { ColumnsTable } from './columns-table.tsx';
import { fieldOfColumn, rowKinds, type ImportKind } from './import-fields.ts';
import { RehearsalCard, StatusCard } from './import-results.tsx';
import { columnsOf, separatorOf, tableFrom, type TableDraft } from './import-table.ts';
import styles from './imports-screen.module.css';
import { useImport } from './use-import.ts';

const start: TableDraft = {
  kind: 'leads',
  format: 'csv',
  charset: 'utf-8',
  separator: ';',
  dates: 'DD.MM.YYYY',
  fields: {},
  rowKind: 'opportunity',
  currency: 'EUR',
};

/** Leads and opportunities of a former system: described, rehearsed, and imported. */
export const ImportsScreen = () => {
  const t = useTranslations('imports');
  const setup = useTranslations('setup');
  const { reportingCurrency } = useMe();
  const [draft, setDraft] = useState<TableDraft>({ ...start, currency: reportingCurrency ?? 'EUR' });
  const [file, setFile] = useState<File>();
  const [columns, setColumns] = useState<readonly string[]>([]);
  const [system, setSystem] = useState('old-crm');
  const running = useImport();
  const change = (changed: Partial<TableDraft>): void => setDraft((before) => ({ ...before, ...changed }));
  const probable = (kind: ImportKind, names: readonly string[]): TableDraft['fields'] =>
    Object.fromEntries(names.map((column) => [column, fieldOfColumn(kind, column)]));
  const describe = (kind: ImportKind, names: readonly string[]): void => {
    setColumns(names);
    change({ kind, fields: probable(kind, names) });
  };
  const choose = async (files: FileList | null): Promise<void> => {
    const [chosen] = [...(files ?? [])];
    if (chosen === undefined) return;
    setFile(chosen);
    const isSheet = chosen.name.toLowerCase().endsWith('.xlsx');
    // Letters that no UTF-8 text has come from a spreadsheet program of Windows.
    const bytes = await chosen.arrayBuffer();
    const text = isSheet ? '' : new TextDecoder('utf-8').decode(bytes);
    const charset = text.includes('\uFFFD') ? 'windows-1252' : 'utf-8';
    const names = isSheet ? [] : columnsOf(new TextDecoder(charset).decode(bytes));
    change({ format: isSheet ? 'xlsx' : 'csv', charset, separator: separatorOf(text.split('\n')[0] ?? '') });
    describe(draft.kind, names);
  };
  const isDescribed =
    file !== undefined && Object.values(draft.fields).some((field) => field !== undefined) && /^[a-z0-9-]{1,40}$/.test(system);
  const run = (isRehearsal: boolean) => (): void => {
    if (file !== undefined)
      void running.start(draft.kind, file, { system, table: tableFrom(draft), ...(isRehearsal ? { rehearse: true } : {}) });
  };
  const choice = <Id extends string>(ids: readonly Id[], name: (id: Id) => string) => ids.map((id) => ({ id, label: name(id) }));
  return (
    <Screen
      title={t('title')}
      filters={
        <Link to="/setup">
          <ArrowLeft size={14} aria-hidden="true" /> {setup('back')}
        </Link>
      }
    >
      <Card title={t('file')} under={t('fileUnder')}>
        <div className={styles['row']}>
          <Choice
            label={t('what')}
            value={draft.kind}
            options={choice(['leads', 'opportunities'] as const, (id) => t(`kinds.${id}`))}
            onChange={(kind) => describe(kind, columns)}
          />
          {draft.kind === 'opportunities' ? (
            <Choice
              label={t('rowKind')}
              value={draft.rowKind}
              options={choice(rowKinds, (id) => t(`rowKinds.${id}`))}
              onChange={(rowKind) => change({ rowKind })}
            />
          ) : null}
          <Choice
            label={t('dates')}
            value={draft.dates}
            options={choice(['DD.MM.YYYY', 'YYYY-MM-DD', 'MM/DD/YYYY'] as const, (id) =>
              t(`dateForms.${id === 'DD.MM.YYYY' ? 'german' : id === 'YYYY-MM-DD' ? 'iso' : 'american'}`),
            )}
            onChange={(dates) => change({ dates })}
          />
          <TextField label={t('system')} hint={t('systemHint')} value={system} onChange={setSystem} maxLength={40} />
        </div>
        <div className={styles['row']}>
          <FileTrigger acceptedFileTypes={['.csv', '.xlsx']} onSelect={(files) => void choose(files)}>
            <Button>
              <Upload size={16} aria-hidden="true" />
              {t('choose')}
            </Button>
          </FileTrigger>
          {file === undefined ? null : <strong>{file.name}</strong>}
        </div>
        {draft.format === 'xlsx' && file !== undefined ? (
          <TextField
            label={t('columns')}
            hint={t('columnsHint')}
            isLong
            value={columns.join('\n')}
            onChange={(text) => describe(draft.kind, text.split('\n'))}
          />
        ) : null}
      </Card>
      {file === undefined ? null : (
        <Card
          title={t('mapping')}
          under={t('mappingUnder')}
          actions={
            <>
              <Button isDisabled={!isDescribed || running.isSending} onPress={run(true)}>
                {t('rehearse')}
              </Button>
              <Button look="primary" isDisabled={!isDescribed || running.isSending || running.rehearsal === undefined} onPress={run(false)}>
                {t('import')}
              </Button>
            </>
          }
        >
          <ColumnsTable
            kind={draft.kind}
            columns={columns.filter((column) => column.trim() !== '')}
            fields={draft.fields}
            onChange={(column, field) => change({ fields: { ...draft.fields, [column]: field } })}
          />
        </Card>
      )}
      {running.failure === undefined ? null : <FailureMessage error={running.failure} />}
      {running.rehearsal === undefined ? null : <RehearsalCard of={running.rehearsal} />}
      {running.status === undefined ? null : <StatusCard of={running.status} />}
    </Screen>
  );
};
