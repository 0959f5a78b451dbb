import { useCallback, useState } from 'react';
import type { Answer, Request } from '../api/routes.ts';
import { useSend } from '../app/api.ts';

export type Trial = Answer<'POST /sources/{sourceId}/try'>;
export type Tried = Request<'POST /sources/{sourceId}/try'>['body'];

/** Tries what a payload or a quarantined submission would become. Nothing is stored, so it may be asked as often as one likes. */
export const useTrial = (sourceId: string) => {
  const send = useSend();
  const [trial, setTrial] = useState<Trial>();
  const [failure, setFailure] = useState<unknown>();
  const run = useCallback(
    async (body: Tried): Promise<void> => {
      try {
        const answer = await send('POST /sources/{sourceId}/try', { path: { sourceId }, body });
        setTrial(answer.body);
        setFailure(undefined);
      } catch (error) {
        setFailure(error);
      }
    },
    [send, sourceId],
  );
  const clear = (): void => {
    setTrial(undefined);
    setFailure(undefined);
  };
  return { trial, failure, run, clear };
};
