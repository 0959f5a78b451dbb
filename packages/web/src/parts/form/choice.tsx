import type { ReactNode } from 'react';
import { ToggleButton, ToggleButtonGroup } from 'react-aria-components';
import styles from './choice.module.css';

type ChoiceProps<Id extends string> = {
  readonly label: string;
  /** the label is for screen readers only */
  readonly isLabelHidden?: boolean;
  readonly value: Id;
  readonly options: readonly { readonly id: Id; readonly label: ReactNode }[];
  readonly onChange: (id: Id) => void;
  /** what is wrong with the choice; shown below it */
  readonly error?: string | undefined;
};

/** One of a few, all in view: filters, tabs of a list, settings. */
export const Choice = <Id extends string>({ label, isLabelHidden = false, value, options, onChange, error }: ChoiceProps<Id>) => (
  <div className={styles['choice']}>
    {isLabelHidden ? null : <span className={styles['label']}>{label}</span>}
    <ToggleButtonGroup
      aria-label={label}
      className={styles['options'] ?? ''}
      selectionMode="single"
      disallowEmptySelection
      selectedKeys={[value]}
      onSelectionChange={(keys) => {
        const chosen = options.find(({ id }) => keys.has(id));
        if (chosen !== undefined) onChange(chosen.id);
      }}
    >
      {options.map(({ id, label: name }) => (
        <ToggleButton key={id} id={id} className={styles['option'] ?? ''}>
          {name}
        </ToggleButton>
      ))}
    </ToggleButtonGroup>
    {error === undefined ? null : (
      <p className={styles['error']} role="alert">
        {error}
      </p>
    )}
  </div>
);
