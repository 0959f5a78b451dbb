import { FieldError, Input, Label, NumberField, Text } from 'react-aria-components';
import styles from './fields.module.css';

type MoneyFieldProps = {
  readonly label: string;
  readonly currency: string;
  /** a decimal text, or empty */
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  readonly error?: string | undefined;
  readonly autoFocus?: boolean;
};

/** Digits after the point that the currency has. */
const decimalsOf = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** An amount as people type it: `1.234,50` and `1,234.50` are read by the language of the page; nothing negative. */
export const MoneyField = ({ label, currency, value, onChange, hint, error, autoFocus = false }: MoneyFieldProps) => (
  <NumberField
    className={styles['field'] ?? ''}
    value={value === '' ? Number.NaN : Number(value)}
    onChange={(typed) => onChange(Number.isNaN(typed) ? '' : typed.toFixed(decimalsOf(currency)))}
    minValue={0}
    formatOptions={{ style: 'currency', currency }}
    isInvalid={error !== undefined}
    autoFocus={autoFocus}
    isWheelDisabled
  >
    <Label className={styles['label'] ?? ''}>{label}</Label>
    <Input className={`${styles['input']} ${styles['number']}`} />
    {hint === undefined ? null : (
      <Text slot="description" className={styles['hint'] ?? ''}>
        {hint}
      </Text>
    )}
    <FieldError className={styles['error'] ?? ''}>{error}</FieldError>
  </NumberField>
);
