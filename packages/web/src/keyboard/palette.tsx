import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
  useFilter,
} from 'react-aria-components';
import { useTranslations } from 'use-intl';
import { useKeyCommands } from './keys.tsx';
import { spokenKeys } from './key-list.tsx';
import styles from './palette.module.css';
import { useRecordSearch } from './record-search.ts';
import type { Section } from '../app/sections.ts';
import { useRecent } from './recent.ts';

type Entry = { readonly id: string; readonly title: string; readonly detail?: string; readonly run: () => void };

/** Go, find, do: sections, records and every command of the screen, from the keyboard. */
export const Palette = ({ sections, onClose }: { readonly sections: readonly Section[]; readonly onClose: () => void }) => {
  const t = useTranslations('shell');
  const navigate = useNavigate();
  const [text, setText] = useState('');
  const { contains } = useFilter({ sensitivity: 'base' });
  const commands = useKeyCommands().filter(({ keys }) => !/^(g |\$mod\+k|\/|\?|Shift)/.test(keys));
  const recent = useRecent();
  const found = useRecordSearch(text);
  const go = (to: string) => () => void navigate({ to });
  const groups: readonly { readonly title: string; readonly entries: readonly Entry[] }[] = [
    {
      title: t('palette.recent'),
      entries: recent.map(({ path, title }) => ({ id: `recent ${path}`, title, run: go(path) })),
    },
    {
      title: t('palette.commands'),
      entries: commands.map(({ keys, label, run }) => ({ id: `do ${keys}`, title: label, detail: spokenKeys(keys), run })),
    },
    {
      title: t('palette.sections'),
      entries: sections.map(({ id, path, letter }) => ({
        id: `go ${id}`,
        title: t(`sections.${id}`),
        detail: `G ${letter.toUpperCase()}`,
        run: go(path),
      })),
    },
  ];
  const shown = groups
    .map(({ title, entries }) => ({ title, entries: entries.filter((entry) => text === '' || contains(entry.title, text)) }))
    .concat([
      {
        title: t('palette.leads'),
        entries: found.leads.map(({ id, title, detail }) => ({ id: `lead ${id}`, title, detail, run: go(`/leads/${id}`) })),
      },
      {
        title: t('palette.opportunities'),
        entries: found.opportunities.map(({ id, title, detail }) => ({
          id: `opportunity ${id}`,
          title,
          detail,
          run: go(`/opportunities/${id}`),
        })),
      },
      {
        title: t('palette.accounts'),
        entries: found.accounts.map(({ id, title, detail }) => ({ id: `account ${id}`, title, detail, run: go(`/accounts/${id}`) })),
      },
      {
        title: t('palette.contacts'),
        entries: found.contacts.map(({ id, accountId, title, detail }) => ({
          id: `contact ${id}`,
          title,
          detail,
          run: go(`/accounts/${accountId}`),
        })),
      },
    ])
    .filter(({ entries }) => entries.length > 0);
  const run = (id: string): void => {
    const entry = shown.flatMap(({ entries }) => entries).find((each) => each.id === id);
    onClose();
    entry?.run();
  };
  return (
    <ModalOverlay className={styles['veil'] ?? ''} isOpen isDismissable onOpenChange={(open) => (open ? undefined : onClose())}>
      <Modal className={styles['modal'] ?? ''}>
        <Dialog aria-label={t('palette.title')} className={styles['dialog'] ?? ''}>
          <Autocomplete inputValue={text} onInputChange={setText}>
            <SearchField aria-label={t('palette.title')} autoFocus className={styles['field'] ?? ''}>
              <Input placeholder={t('palette.placeholder')} />
            </SearchField>
            <ListBox
              aria-label={t('palette.title')}
              className={styles['list'] ?? ''}
              selectionMode="none"
              onAction={(key) => run(String(key))}
              renderEmptyState={() => <p>{t('palette.nothing')}</p>}
            >
              {shown.map(({ title, entries }) => (
                <ListBoxSection key={title} id={title}>
                  <Header>{title}</Header>
                  {entries.map(({ id, title: name, detail }) => (
                    <ListBoxItem key={id} id={id} textValue={name} className={styles['item'] ?? ''}>
                      <span>{name}</span>
                      <small>{detail}</small>
                    </ListBoxItem>
                  ))}
                </ListBoxSection>
              ))}
            </ListBox>
          </Autocomplete>
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
};
