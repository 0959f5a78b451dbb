import { parseAbsolute } from '@internationalized/date';
import type { FieldTest, FieldType, Predicate } from '@meilenstein/kernel';
import { Trash2 } from 'lucide-react';
import { useTranslations } from 'use-intl';
import { Button } from '../parts/form/button.tsx';
import { DayField } from '../parts/form/day-field.tsx';
import { NumberField } from '../parts/form/number-field.tsx';
import { Pick } from '../parts/form/pick.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { boundOf, ruleWith, testsOf, withRuleValue, type TestName } from './predicates.ts';
import { LinesField, OneOfField } from './scalar-field.tsx';
import type { TestableField } from './shape.ts';
import { useDocumentWords } from './use-document-words.ts';
import styles from './predicate-editor.module.css';

type RowProps = {
  readonly rule: FieldTest;
  readonly fields: readonly TestableField[];
  readonly onChange: (rule: Predicate) => void;
  readonly onRemove?: () => void;
};

type Value = string | number | boolean;

/** Stands for every field that the company named itself. */
const ownFields = 'custom.*';

const typeOf = (fields: readonly TestableField[], id: string): FieldType => {
  const known = fields.find((field) => field.id === id)?.type;
  return known ?? (id.startsWith('number.') ? 'number' : 'text');
};

const dayIn = (value: Value): string =>
  /^\d{4}-\d\d-\d\dT/.test(String(value)) ? String(parseAbsolute(String(value), 'UTC')).slice(0, 10) : '2026-01-01';

const numberIn = (line: string): number | undefined =>
  Number.isFinite(Number(line.replace(',', '.'))) ? Number(line.replace(',', '.')) : undefined;

type ValueProps = {
  readonly label: string;
  readonly field: TestableField | undefined;
  readonly type: FieldType;
  readonly value: Value;
  readonly onChange: (value: Value) => void;
};

/** The control for what a rule compares with. */
const RuleValue = ({ label, field, type, value, onChange }: ValueProps) => {
  const t = useTranslations('documents');
  if (type === 'number')
    return (
      <NumberField label={label} isLabelHidden value={typeof value === 'number' ? value : null} onChange={(next) => onChange(next ?? 0)} />
    );
  if (type === 'time')
    return <DayField label={label} isLabelHidden value={dayIn(value)} onChange={(next) => onChange(`${next}T00:00:00.000Z`)} />;
  if (type === 'yes-no')
    return (
      <Pick
        label={label}
        isLabelHidden
        value={String(value)}
        groups={[
          {
            options: [
              { id: 'true', label: t('yes') },
              { id: 'false', label: t('no') },
            ],
          },
        ]}
        onChange={(id) => onChange(id === 'true')}
      />
    );
  if (field?.options !== undefined)
    return (
      <OneOfField
        shape={{ kind: 'one-of', options: field.options }}
        label={label}
        isLabelHidden
        value={value}
        error={undefined}
        onChange={(next) => onChange(String(next))}
      />
    );
  return <TextField label={label} isLabelHidden value={String(value)} onChange={onChange} maxLength={200} />;
};

const RuleValues = ({ rule, fields, onChange }: Omit<RowProps, 'onRemove'>) => {
  const t = useTranslations('documents.predicate');
  const field = fields.find(({ id }) => id === rule.field);
  const type = typeOf(fields, rule.field);
  const shared = { field, type };
  if ('days' in rule)
    return (
      <NumberField
        label={t('days')}
        isLabelHidden
        isWhole
        lowest={0}
        highest={3650}
        value={rule.days}
        onChange={(days) => onChange({ ...rule, days: days ?? 0 })}
      />
    );
  if ('values' in rule)
    return (
      <LinesField
        label={t('value')}
        isLabelHidden
        value={rule.values.map(String)}
        error={undefined}
        onChange={(lines) => {
          const texts = Array.isArray(lines) ? lines.map(String) : [];
          const values = type === 'number' ? texts.flatMap((line) => numberIn(line) ?? []) : texts;
          onChange({ ...rule, values: values.length === 0 ? [...rule.values] : values });
        }}
      />
    );
  if ('from' in rule) {
    return (
      <>
        <RuleValue {...shared} label={t('from')} value={rule.from} onChange={(from) => onChange({ ...rule, from: boundOf(from) })} />
        <RuleValue {...shared} label={t('to')} value={rule.to} onChange={(to) => onChange({ ...rule, to: boundOf(to) })} />
      </>
    );
  }
  if (!('value' in rule)) return null;
  return <RuleValue {...shared} label={t('value')} value={rule.value} onChange={(value) => onChange(withRuleValue(rule, value))} />;
};

/** One rule about one field. */
export const PredicateRow = ({ rule, fields, onChange, onRemove }: RowProps) => {
  const t = useTranslations('documents');
  const words = useDocumentWords();
  const type = typeOf(fields, rule.field);
  const options = fields.map(({ id, label }) => ({ id, label }));
  const ownName = rule.field.startsWith('custom.') ? rule.field.slice('custom.'.length) : undefined;
  const chosen = ownName === undefined ? rule.field : ownFields;
  const isKnown = fields.some(({ id }) => id === chosen);
  const what = words.ruleText(fields, rule);
  const typeAt = (id: string): FieldType => typeOf(fields, id);
  return (
    <div className={styles['row']} role="group" aria-label={what}>
      <Pick
        label={t('predicate.field')}
        isLabelHidden
        value={chosen}
        groups={[{ options: isKnown ? options : [{ id: chosen, label: words.fieldName(fields, rule.field) }, ...options] }]}
        onChange={(id) => onChange(ruleWith(rule, id === ownFields ? 'custom.' : id, typeAt(id), rule.test))}
      />
      {ownName === undefined ? null : (
        <TextField
          label={t('predicate.customName')}
          value={ownName}
          maxLength={40}
          onChange={(name) => onChange({ ...rule, field: `custom.${name.trim()}` })}
        />
      )}
      <Pick
        label={t('predicate.test')}
        isLabelHidden
        value={rule.test}
        groups={[{ options: testsOf[type].map((test) => ({ id: test, label: t(`tests.${test}`) })) }]}
        onChange={(id) =>
          onChange(ruleWith(rule, rule.field, type, testsOf[type].find((test): test is TestName => test === id) ?? rule.test))
        }
      />
      <RuleValues rule={rule} fields={fields} onChange={onChange} />
      {onRemove === undefined ? null : (
        <Button look="quiet" isIcon aria-label={t('predicate.remove', { what })} onPress={onRemove}>
          <Trash2 size={16} aria-hidden="true" />
        </Button>
      )}
    </div>
  );
};
