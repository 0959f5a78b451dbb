import { FieldError, Input, Label, Text, TextArea, TextField as AriaTextField } from 'react-aria-components';
import styles from './fields.module.css';

type TextFieldProps = {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly hint?: string | undefined;
  /** the sentence of a refusal; the field is marked */
  readonly error?: string | undefined;
  readonly isLong?: boolean;
  readonly isRequired?: boolean;
  readonly autoFocus?: boolean;
  readonly maxLength?: number;
};

export const TextField = ({
  label,
  isLabelHidden = false,
  value,
  onChange,
  hint,
  error,
  isLong = false,
  isRequired = false,
  autoFocus = false,
  maxLength = 2000,
}: TextFieldProps) => (
  <AriaTextField
    className={styles['field'] ?? ''}
    value={value}
    onChange={onChange}
    isInvalid={error !== undefined}
    isRequired={isRequired}
    autoFocus={autoFocus}
    maxLength={maxLength}
  >
    <Label className={isLabelHidden ? 'only-spoken' : (styles['label'] ?? '')}>{label}</Label>
    {isLong ? <TextArea className={styles['input'] ?? ''} rows={4} /> : <Input className={styles['input'] ?? ''} />}
    {hint === undefined ? null : (
      <Text slot="description" className={styles['hint'] ?? ''}>
        {hint}
      </Text>
    )}
    <FieldError className={styles['error'] ?? ''}>{error}</FieldError>
  </AriaTextField>
);
