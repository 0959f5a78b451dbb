import { ChevronDown } from 'lucide-react';
import { useId } from 'react';
import styles from './pick.module.css';

type PickGroup = { readonly label?: string; readonly options: readonly { readonly id: string; readonly label: string }[] };

type PickProps = {
  readonly label: string;
  readonly isLabelHidden?: boolean;
  readonly value: string;
  readonly groups: readonly PickGroup[];
  readonly onChange: (id: string) => void;
};

/** One of many, in groups: the device's own list, which searches as one types and fills the screen of a phone. */
export const Pick = ({ label, isLabelHidden = false, value, groups, onChange }: PickProps) => {
  const id = useId();
  return (
    <div className={styles['pick']}>
      <label htmlFor={id} className={isLabelHidden ? 'only-spoken' : styles['label']}>
        {label}
      </label>
      <span className={styles['frame']}>
        <select id={id} className={styles['select']} value={value} onChange={(event) => onChange(event.target.value)}>
          {groups.map(({ label: group, options }) => {
            const rows = options.map((option) => (
              <option key={option.id} value={option.id}>
                {option.label}
              </option>
            ));
            return group === undefined ? (
              rows
            ) : (
              <optgroup key={group} label={group}>
                {rows}
              </optgroup>
            );
          })}
        </select>
        <ChevronDown size={16} aria-hidden="true" />
      </span>
    </div>
  );
};
