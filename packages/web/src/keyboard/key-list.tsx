import { useTranslations } from 'use-intl';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { useKeyCommands } from './keys.tsx';
import styles from './key-list.module.css';

const isEverywhere = (keys: string): boolean => /^(g |\$mod|\/|\?|Shift\+\?)/.test(keys);

/** `$mod+k` as people say it. */
export const spokenKeys = (keys: string): string =>
  keys
    .replace('$mod+', 'Ctrl ')
    .replace('Control+', 'Ctrl ')
    .replace('Shift+', 'Shift ')
    .replace('ArrowUp', '↑')
    .replace('ArrowDown', '↓')
    .replace(/\b[a-z]\b/g, (letter) => letter.toUpperCase());

/** All keys of this screen, from the registry that binds them: what is listed works. */
export const KeyList = ({ onClose }: { readonly onClose: () => void }) => {
  const t = useTranslations('shell.keys');
  const all = useKeyCommands().filter(({ keys }) => keys !== 'Shift+?');
  const groups = [
    { title: t('here'), commands: all.filter(({ keys }) => !isEverywhere(keys)) },
    { title: t('everywhere'), commands: all.filter(({ keys }) => isEverywhere(keys)) },
  ];
  return (
    <Sheet title={t('title')} isOpen onClose={onClose}>
      {groups.map(({ title, commands }) => (
        <section key={title}>
          <h3>{title}</h3>
          {commands.length === 0 ? <p>{t('none')}</p> : null}
          <dl className={styles['keys']}>
            {commands.map(({ keys, label }) => (
              <div key={keys}>
                <dt>
                  <kbd>{spokenKeys(keys)}</kbd>
                </dt>
                <dd>{label}</dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Sheet>
  );
};
