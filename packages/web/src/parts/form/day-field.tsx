import { parseDate } from '@internationalized/date';
import { DateField, DateInput, DateSegment, FieldError, Label } from 'react-aria-components';
import styles from './fields.module.css';
import dayStyles from './day-field.module.css';

type DayFieldProps = {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  /** `2026-11-30` */
  readonly value: string;
  readonly onChange: (day: string) => void;
  /** no day after this one */
  readonly latest?: string;
  readonly error?: string | undefined;
};

/** A day, typed part by part in the order of the language. */
export const DayField = ({ label, isLabelHidden = false, value, onChange, latest, error }: DayFieldProps) => (
  <DateField
    className={styles['field'] ?? ''}
    value={parseDate(value)}
    onChange={(day) => (day === null ? undefined : onChange(day.toString()))}
    isInvalid={error !== undefined}
    {...(latest === undefined ? {} : { maxValue: parseDate(latest) })}
  >
    <Label className={isLabelHidden ? 'only-spoken' : (styles['label'] ?? '')}>{label}</Label>
    <DateInput className={`${styles['input']} ${dayStyles['day']}`}>
      {(segment) => <DateSegment segment={segment} className={dayStyles['part'] ?? ''} />}
    </DateInput>
    <FieldError className={styles['error'] ?? ''}>{error}</FieldError>
  </DateField>
);
