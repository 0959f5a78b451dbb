import type { ReactNode, Ref } from 'react';
import { Button as AriaButton, type ButtonProps as AriaButtonProps } from 'react-aria-components';
import styles from './button.module.css';

type ButtonProps = Omit<AriaButtonProps, 'className' | 'children' | 'style'> & {
  /** one primary button a screen: what most people come to do */
  readonly look?: 'primary' | 'plain' | 'quiet' | 'danger';
  /** shows the key that does the same */
  readonly hint?: string;
  readonly isIcon?: boolean;
  readonly ref?: Ref<HTMLButtonElement>;
  readonly children: ReactNode;
};

const looks = { primary: styles['primary'], plain: undefined, quiet: styles['quiet'], danger: styles['danger'] };

export const Button = ({ look = 'plain', hint, isIcon = false, children, ...rest }: ButtonProps) => (
  <AriaButton {...rest} className={[styles['button'], looks[look], isIcon ? styles['icon'] : undefined].filter(Boolean).join(' ')}>
    {children}
    {hint === undefined ? null : (
      <kbd className={styles['key']} aria-hidden="true">
        {hint}
      </kbd>
    )}
  </AriaButton>
);
