import { useQueryClient } from '@tanstack/react-query';
import { Bookmark } from 'lucide-react';
import { useState } from 'react';
import { useTranslations } from 'use-intl';
import { failureOf } from '../api/problem.ts';
import type { Answer } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useSend } from '../app/api.ts';
import { useFilter } from '../app/filter.ts';
import { usePeople } from '../company/people.ts';
import { Menu, type MenuAction } from '../parts/dialog/menu.tsx';
import { useFailureText } from '../parts/failure-message.tsx';
import { SaveViewSheet, type NewView } from './save-view-sheet.tsx';
import { isChanged, keptIn, showing } from './view-filter.ts';
import styles from './saved-views.module.css';

type View = Answer<'GET /views'>['items'][number];
type SavedViewsProps = { readonly list: View['list'] };

/** The saved views of a list in a menu. Saving is explicit: a dot shows what is not saved, and a new view overwrites none. */
export const SavedViews = ({ list }: SavedViewsProps) => {
  const t = useTranslations('views');
  const send = useSend();
  const client = useQueryClient();
  const textOf = useFailureText();
  const people = usePeople();
  const [filter, change] = useFilter();
  const [isNaming, setNaming] = useState(false);
  const [refusal, setRefusal] = useState<string>();
  const views = useRead('GET /views', { query: { list } }, { rhythm: 'calm' }).data?.body.items ?? [];
  const current = views.find(({ viewId }) => viewId === filter['saved']);
  const isDirty = current !== undefined && isChanged(filter, current.filter);
  const refresh = (): Promise<void> => client.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] === 'GET /views' });
  const run = (work: () => Promise<unknown>): void =>
    void work()
      .then(() => setRefusal(undefined))
      .catch((error: unknown) => setRefusal(textOf(failureOf(error))))
      .finally(() => void refresh());
  const saveAsNew = ({ name, teamId }: NewView): void => {
    const viewId = crypto.randomUUID();
    setNaming(false);
    run(async () => {
      const body = { list, name, filter: keptIn(filter), teamId };
      await send('PUT /views/{viewId}', { path: { viewId }, body, ifMatch: '' });
      change({ saved: viewId });
    });
  };
  const save = ({ viewId, name, teamId, version }: View): void =>
    run(() =>
      send('PUT /views/{viewId}', { path: { viewId }, body: { list, name, filter: keptIn(filter), teamId }, ifMatch: String(version) }),
    );
  const remove = ({ viewId, version }: View): void =>
    run(async () => {
      await send('DELETE /views/{viewId}', { path: { viewId }, ifMatch: String(version) });
      change({ saved: undefined });
    });
  const actions: readonly MenuAction[] = [
    ...views.map((view) => ({
      id: view.viewId,
      label: view.teamId === null ? view.name : t('shared', { name: view.name, team: people.teamOf(view.teamId) }),
      run: () => change(showing(view.viewId, view.filter)),
    })),
    ...(current !== undefined && isDirty
      ? [{ id: 'back', label: t('back'), run: () => change(showing(current.viewId, current.filter)) }]
      : []),
    ...(current !== undefined && current.isOwn && isDirty
      ? [{ id: 'save', label: t('save', { name: current.name }), run: () => save(current) }]
      : []),
    { id: 'new', label: t('saveAsNew'), run: () => setNaming(true) },
    ...(current?.isOwn === true ? [{ id: 'remove', label: t('remove', { name: current.name }), run: () => remove(current) }] : []),
  ];
  return (
    <>
      <Menu label={current === undefined ? t('label') : t(isDirty ? 'shownChanged' : 'shown', { name: current.name })} actions={actions}>
        <Bookmark size={16} aria-hidden="true" />
        {current?.name ?? t('label')}
        {isDirty ? <span className={styles['dirty']} title={t('unsaved')} /> : null}
      </Menu>
      {refusal === undefined ? null : (
        <span role="alert" className={styles['refused']}>
          {refusal}
        </span>
      )}
      {isNaming ? <SaveViewSheet onSave={saveAsNew} onClose={() => setNaming(false)} /> : null}
    </>
  );
};
