import { useTranslations } from 'use-intl';
import { useQuery } from '@tanstack/react-query';
import { nowMillis } from '../format/days.ts';
import { Button } from '../parts/form/button.tsx';
import { Sheet } from '../parts/dialog/sheet.tsx';
import { useCommandStore, useHeldCommands } from './command-context.ts';
import { hold, holdMillis, takeBack } from './held-commands.ts';
import type { CommandPort } from './send-commands.ts';
import { useCommandMessage } from './command-message.ts';
import styles from './conflict-sheet.module.css';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const shown = (value: unknown): string => {
  if (value === undefined || value === null) return '–';
  if (isRecord(value) && typeof value['amount'] === 'string') return `${value['amount']} ${String(value['currency'])}`;
  return typeof value === 'string' ? value : JSON.stringify(value);
};

const labelled = [
  'amount',
  'reason',
  'note',
  'milestoneId',
  'evidence',
  'segment',
  'owner',
  'repId',
  'channel',
  'processId',
  'confirm',
] as const;

/** What a field of a command is called; a field that this page does not know yet stands as the API calls it. */
const useFieldLabel = (): ((field: string) => string) => {
  const t = useTranslations('commands.fields');
  return (field) => {
    const known = labelled.find((each) => each === field);
    return known === undefined ? field : t(known);
  };
};

/** The one place where a stale change is decided: before, now, mine. One after the other, never two at once. */
export const ConflictSheet = ({ port }: { readonly port: Pick<CommandPort, 'readEntity' | 'seenEntity'> }) => {
  const t = useTranslations('commands.conflict');
  const labelOf = useFieldLabel();
  const message = useCommandMessage();
  const store = useCommandStore();
  const stale = useHeldCommands().find((command) => command.state === 'failed' && command.failure.status === 412);
  const { data } = useQuery({
    queryKey: ['conflict', stale?.id],
    queryFn: async () => (stale === undefined ? undefined : ((await port.readEntity(stale)) ?? null)),
    enabled: stale !== undefined,
    staleTime: 0,
  });
  if (stale === undefined) return null;
  const asked = isRecord(stale.request.body) ? stale.request.body : {};
  const before = port.seenEntity(stale);
  const now = data?.body;
  const drop = (): void => store.change((queue) => takeBack(queue, stale.id));
  const send = (): void => {
    const { key, request, entity, patch, message: words } = stale;
    const fresh = { ...request, ...(data ? { ifMatch: data.version } : {}) };
    const command = { id: `${stale.id}-mine`, key, request: fresh, entity, patch, message: words };
    store.change((queue) => hold(takeBack(queue, stale.id), command, nowMillis() - holdMillis));
  };
  return (
    <Sheet
      title={t('title')}
      at="middle"
      isOpen
      onClose={drop}
      foot={
        <>
          <Button onPress={send}>{t('keepMine')}</Button>
          <Button look="primary" onPress={drop}>
            {t('keepTheirs')}
          </Button>
        </>
      }
    >
      <p>
        {message(stale)}. {t('text')}
      </p>
      <table className={styles['table']}>
        <thead>
          <tr>
            {(['field', 'before', 'now', 'mine'] as const).map((head) => (
              <th key={head} scope="col">
                {t(head)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Object.entries(asked).map(([field, mine]) => (
            <tr key={field}>
              <th scope="row">{labelOf(field)}</th>
              <td>{shown(isRecord(before) ? before[field] : undefined)}</td>
              <td>{shown(isRecord(now) ? now[field] : undefined)}</td>
              <td>{shown(mine)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </Sheet>
  );
};
