import { ChevronDown } from 'lucide-react';
import { Button, FieldError, Label, ListBox, ListBoxItem, Popover, Select as AriaSelect, SelectValue } from 'react-aria-components';
import styles from './fields.module.css';

type SelectProps<Id extends string> = {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: Id | null;
  readonly options: readonly { readonly id: Id; readonly label: string }[];
  readonly onChange: (id: Id) => void;
  readonly placeholder?: string;
  readonly error?: string | undefined;
};

/** One of many. */
export const Select = <Id extends string>({
  label,
  isLabelHidden = false,
  value,
  options,
  onChange,
  placeholder,
  error,
}: SelectProps<Id>) => (
  <AriaSelect
    className={styles['field'] ?? ''}
    aria-label={label}
    value={value}
    isInvalid={error !== undefined}
    {...(placeholder === undefined ? {} : { placeholder })}
    onChange={(key) => {
      const chosen = options.find(({ id }) => id === key);
      if (chosen !== undefined) onChange(chosen.id);
    }}
  >
    {isLabelHidden ? null : <Label className={styles['label'] ?? ''}>{label}</Label>}
    <Button className={styles['select'] ?? ''}>
      <SelectValue />
      <ChevronDown size={16} aria-hidden="true" />
    </Button>
    <FieldError className={styles['error'] ?? ''}>{error}</FieldError>
    <Popover className={styles['popover'] ?? ''}>
      <ListBox className={styles['options'] ?? ''} items={options}>
        {(option) => (
          <ListBoxItem id={option.id} textValue={option.label} className={styles['option'] ?? ''}>
            {option.label}
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  </AriaSelect>
);
