import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { DayField } from '../parts/form/day-field.tsx';
import { NumberField } from '../parts/form/number-field.tsx';
import { Pick } from '../parts/form/pick.tsx';
import { Switch } from '../parts/form/switch.tsx';
import { TextField } from '../parts/form/text-field.tsx';
import { isList, isSame, textOf, type Json } from './json.ts';
import { valueOf, type Shape } from './shape.ts';
import styles from './outline.module.css';

export type FieldProps<Kind extends Shape['kind']> = {
  readonly shape: Extract<Shape, { readonly kind: Kind }>;
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: Json | undefined;
  readonly error: string | undefined;
  readonly onChange: (value: Json) => void;
};

const linesIn = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Several short texts, one a line; the text stays as it is typed. */
export const LinesField = ({ label, isLabelHidden = false, value, error, onChange }: Omit<FieldProps<'texts'>, 'shape'>) => {
  const t = useTranslations('documents.list');
  const lines = isList(value) ? value.map(String) : [];
  const [typed, setTyped] = useState(lines.join('\n'));
  const shown = linesIn(typed).join('\n') === lines.join('\n') ? typed : lines.join('\n');
  return (
    <TextField
      label={label}
      isLabelHidden={isLabelHidden}
      hint={t('onePerLine')}
      value={shown}
      error={error}
      isLong
      maxLength={20_000}
      onChange={(text) => {
        setTyped(text);
        onChange(linesIn(text));
      }}
    />
  );
};

/** A decimal text without exponent, with as many digits as were typed. */
const decimalText = (value: number, before: string): string => {
  const digits = before.split('.')[1]?.length ?? 0;
  return new Intl.NumberFormat('en', { useGrouping: false, minimumFractionDigits: Math.min(digits, 2), maximumFractionDigits: 10 }).format(
    value,
  );
};

const DecimalField = ({ label, isLabelHidden = false, value, error, onChange }: Omit<FieldProps<'decimal'>, 'shape'>) => {
  const text = typeof value === 'string' ? value : '';
  return (
    <NumberField
      label={label}
      isLabelHidden={isLabelHidden}
      value={text === '' ? null : Number(text)}
      error={error}
      onChange={(typed) => onChange(typed === null ? '' : decimalText(typed, text))}
    />
  );
};

/** One of a known list; a value that the list does not have stays in it, so that nothing is changed unasked. */
export const OneOfField = ({ shape, label, isLabelHidden = false, value, error, onChange }: FieldProps<'one-of'>) => {
  const known = shape.options.find((option) => isSame(valueOf(option), value));
  const unknown = { id: '–', label: value === undefined || value === null ? '–' : textOf(value) };
  const options = known === undefined ? [unknown, ...shape.options] : shape.options;
  return (
    <div className={styles['field']}>
      <Pick
        label={label}
        isLabelHidden={isLabelHidden}
        value={known?.id ?? unknown.id}
        groups={[{ options }]}
        onChange={(id) => {
          const chosen = shape.options.find((option) => option.id === id);
          if (chosen !== undefined) onChange(valueOf(chosen));
        }}
      />
      {error === undefined ? null : <p className={styles['error']}>{error}</p>}
    </div>
  );
};

/** The control for a value that is no record and no list. */
export const ScalarField = ({ shape, label, isLabelHidden = false, value, error, onChange }: FieldProps<Shape['kind']>) => {
  const common = { label, isLabelHidden, error };
  const text = typeof value === 'string' ? value : '';
  switch (shape.kind) {
    case 'number':
      return (
        <NumberField
          {...common}
          label={shape.unit === undefined ? label : `${label} (${shape.unit})`}
          hint={shape.hint}
          value={typeof value === 'number' ? value : null}
          lowest={shape.lowest}
          highest={shape.highest}
          isWhole={shape.isWhole ?? false}
          onChange={(typed) => onChange(typed ?? 0)}
        />
      );
    case 'decimal':
      return <DecimalField {...common} value={value} onChange={onChange} />;
    case 'yes-no':
      return <Switch label={label} isOn={value === true} onChange={onChange} />;
    case 'day':
      return /^\d{4}-\d\d-\d\d$/.test(text) ? (
        <DayField {...common} value={text} onChange={onChange} />
      ) : (
        <TextField {...common} value={text} onChange={onChange} />
      );
    case 'one-of':
      return <OneOfField {...common} shape={shape} value={value} onChange={onChange} />;
    case 'texts':
      return <LinesField {...common} value={value} onChange={onChange} />;
    default:
      return (
        <TextField
          {...common}
          hint={shape.hint}
          value={text}
          isLong={shape.kind === 'text' && shape.isLong === true}
          maxLength={5000}
          onChange={onChange}
        />
      );
  }
};
