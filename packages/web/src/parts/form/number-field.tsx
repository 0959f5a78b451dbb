import { FieldError, Input, Label, NumberField as AriaNumberField, Text } from 'react-aria-components';
import styles from './fields.module.css';

type NumberFieldProps = {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: number | null;
  readonly onChange: (value: number | null) => void;
  readonly lowest?: number | undefined;
  readonly highest?: number | undefined;
  readonly isWhole?: boolean;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
};

/** A number as people of the language write it; empty is null. */
export const NumberField = ({
  label,
  isLabelHidden = false,
  value,
  onChange,
  lowest,
  highest,
  isWhole = false,
  hint,
  error,
}: NumberFieldProps) => (
  <AriaNumberField
    className={styles['field'] ?? ''}
    value={value ?? Number.NaN}
    onChange={(typed) => onChange(Number.isNaN(typed) ? null : typed)}
    {...(lowest === undefined ? {} : { minValue: lowest })}
    {...(highest === undefined ? {} : { maxValue: highest })}
    formatOptions={{ maximumFractionDigits: isWhole ? 0 : 10, useGrouping: false }}
    isInvalid={error !== undefined}
    isWheelDisabled
  >
    <Label className={isLabelHidden ? 'only-spoken' : (styles['label'] ?? '')}>{label}</Label>
    <Input className={`${styles['input']} ${styles['number']}`} />
    {hint === undefined ? null : (
      <Text slot="description" className={styles['hint'] ?? ''}>
        {hint}
      </Text>
    )}
    <FieldError className={styles['error'] ?? ''}>{error}</FieldError>
  </AriaNumberField>
);
