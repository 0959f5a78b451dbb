import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf } from '../api/problem.ts';
import { useSend } from '../app/api.ts';
import { settingsOf, type Mapping, type Source } from './source-settings.ts';

/** Publishes a mapping against the version that was read; where somebody was faster, the new version is read and nothing is overwritten. */
export const useSavedMapping = (source: Source, version: string, mapping: Mapping, onSaved: () => void) => {
  const send = useSend();
  const client = useQueryClient();
  const [failure, setFailure] = useState<unknown>();
  const [state, setState] = useState<'saved' | 'stale'>();
  const { sourceId } = source;
  const save = async (): Promise<void> => {
    try {
      const body = { ...settingsOf(source), mapping };
      await send('PUT /sources/{sourceId}', { path: { sourceId }, body, ifMatch: version });
      setFailure(undefined);
      setState('saved');
      await client.invalidateQueries();
      onSaved();
    } catch (error) {
      setFailure(error);
      if (failureOf(error).status !== 412) return;
      setState('stale');
      await client.invalidateQueries();
    }
  };
  return { save, failure, isSaved: state === 'saved', isStale: state === 'stale' };
};
