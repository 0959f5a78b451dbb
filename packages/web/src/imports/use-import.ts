import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { failureOf } from '../api/problem.ts';
import type { Answer } from '../api/routes.ts';
import { upload } from '../api/upload.ts';
import { useSend } from '../app/api.ts';
import { requestOf } from '../documents/document-source.ts';
import type { JsonRecord } from '../documents/json.ts';
import type { ImportKind } from './import-fields.ts';

export type Rehearsal = Answer<'GET /leads/imports/{importId}/rehearsal'>;
export type Status = Answer<'GET /leads/imports/{importId}'>;
type Started = { readonly kind: ImportKind; readonly importId: string; readonly isRehearsal: boolean };

const isOver = ({ status }: Status): boolean => status === 'finished' || status === 'failed';

/** Starts an import or a rehearsal, puts the file, and reads every two seconds how far it is. */
export const useImport = () => {
  const send = useSend();
  const [started, setStarted] = useState<Started>();
  const [failure, setFailure] = useState<unknown>();
  const [isSending, setSending] = useState(false);
  const start = async (kind: ImportKind, file: Blob, body: JsonRecord): Promise<void> => {
    setSending(true);
    setFailure(undefined);
    setStarted(undefined);
    try {
      const sending = { idempotencyKey: crypto.randomUUID() };
      const answer =
        kind === 'leads'
          ? await send('POST /leads/imports', requestOf<'POST /leads/imports'>({ body }), sending)
          : await send('POST /opportunities/imports', requestOf<'POST /opportunities/imports'>({ body }), sending);
      await upload(answer.body.upload, file);
      setStarted({ kind, importId: answer.body.importId, isRehearsal: body['rehearse'] === true });
    } catch (error) {
      setFailure(error);
    }
    setSending(false);
  };
  const path = { importId: started?.importId ?? '' };
  const rehearsal = useQuery({
    queryKey: ['rehearsal', started],
    enabled: started?.isRehearsal === true,
    queryFn: async (): Promise<Rehearsal> =>
      started?.kind === 'opportunities'
        ? (await send('GET /opportunities/imports/{importId}/rehearsal', { path })).body
        : (await send('GET /leads/imports/{importId}/rehearsal', { path })).body,
    // The file may not have arrived where it is read.
    retry: (count, error) => count < 5 && failureOf(error).code === 'upload-missing',
    retryDelay: 2000,
    staleTime: Number.POSITIVE_INFINITY,
  });
  const status = useQuery({
    queryKey: ['import', started],
    enabled: started?.isRehearsal === false,
    queryFn: async (): Promise<Status> =>
      started?.kind === 'opportunities'
        ? (await send('GET /opportunities/imports/{importId}', { path })).body
        : (await send('GET /leads/imports/{importId}', { path })).body,
    refetchInterval: ({ state }) => (state.data !== undefined && isOver(state.data) ? false : 2000),
  });
  return {
    start,
    isSending,
    failure: failure ?? rehearsal.error ?? status.error ?? undefined,
    rehearsal: started?.isRehearsal === true ? rehearsal.data : undefined,
    status: started?.isRehearsal === false ? status.data : undefined,
  };
};
