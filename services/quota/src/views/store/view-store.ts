import { factReader, viewDeleted, viewSaved, type ViewFact } from '@meilenstein/contracts';
import type { TeamId } from '@meilenstein/kernel';
import { aggregateStore, queryAll, type Loaded, type Machinery } from '@meilenstein/runtime';
import * as z from 'zod';
import { personViews, prefixes, teamViews } from '../../keys.ts';
import { evolveView, type StoredView, type View } from '../domain/saved-view.ts';

/** Stores saved views, by the person who saved them and by the team that they are shared with. */
export const viewStore = (machinery: Machinery) => {
  const store = aggregateStore<StoredView, ViewFact>(
    {
      prefix: prefixes.view,
      owner: 'quota',
      schemaNumber: 1,
      schema: viewSaved.data.extend({ name: z.string() }).nullable(),
      initial: null,
      evolve: evolveView,
      fact: factReader([viewSaved, viewDeleted]),
      index: (view, id) =>
        view === null
          ? {}
          : {
              gsi1pk: personViews(view.loginSubject),
              gsi1sk: id,
              ...(view.teamId === null ? {} : { gsi2pk: teamViews(view.teamId), gsi2sk: id }),
            },
    },
    machinery,
  );
  const read = async (index: 'gsi1' | 'gsi2', partition: string): Promise<readonly Loaded<View>[]> =>
    (await queryAll(machinery.table, { index, partition })).flatMap((item) => {
      const { state, version } = store.read(item);
      return state === null ? [] : [{ state, version }];
    });
  return {
    audited: store.audited,
    change: store.change,
    find: store.find,
    /** those that somebody has saved */
    ofPerson: (subject: string) => read('gsi1', personViews(subject)),
    /** those that are shared with a team */
    ofTeam: (team: TeamId) => read('gsi2', teamViews(team)),
  };
};
