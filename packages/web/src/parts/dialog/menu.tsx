import type { ReactNode } from 'react';
import { Menu as AriaMenu, MenuItem, MenuTrigger, Popover } from 'react-aria-components';
import { Button } from '../form/button.tsx';
import styles from './menu.module.css';

export type MenuAction = { readonly id: string; readonly label: string; readonly hint?: string; readonly run: () => void };

/** A button with more actions behind it. */
export const Menu = ({
  label,
  look = 'plain',
  children,
  actions,
}: {
  readonly label: string;
  readonly look?: 'plain' | 'primary';
  readonly children: ReactNode;
  readonly actions: readonly MenuAction[];
}) => (
  <MenuTrigger>
    <Button look={look} aria-label={label}>
      {children}
    </Button>
    <Popover className={styles['popover'] ?? ''}>
      <AriaMenu className={styles['menu'] ?? ''} onAction={(key) => actions.find(({ id }) => id === key)?.run()}>
        {actions.map(({ id, label: name, hint }) => (
          <MenuItem key={id} id={id} textValue={name} className={styles['item'] ?? ''}>
            {name}
            {hint === undefined ? null : <kbd aria-hidden="true">{hint}</kbd>}
          </MenuItem>
        ))}
      </AriaMenu>
    </Popover>
  </MenuTrigger>
);
