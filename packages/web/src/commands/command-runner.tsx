import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo, useState } from 'react';
import { useTranslations } from 'use-intl';
import { useSend } from '../app/api.ts';
import { nowMillis } from '../format/days.ts';
import { useCommandStore } from './command-context.ts';
import { commandPort } from './command-port.ts';
import { ConflictSheet } from './conflict-sheet.tsx';
import { sendDue, type Outcome } from './send-commands.ts';
import { useCommandMessage } from './command-message.ts';
import { Toasts } from './toasts.tsx';
import type { HeldCommand } from './held-commands.ts';
import styles from './toasts.module.css';

/** Sends what is due, also when the page is left, and shows how it went. */
export const CommandRunner = () => {
  const t = useTranslations('commands');
  const message = useCommandMessage();
  const send = useSend();
  const client = useQueryClient();
  const store = useCommandStore();
  const [told, setTold] = useState<{ readonly id: string; readonly outcome: Outcome; readonly command: HeldCommand }>();
  const port = useMemo(
    () => commandPort(send, client, (command, outcome) => (outcome === 'done' ? undefined : setTold({ id: command.id, outcome, command }))),
    [send, client],
  );
  useEffect(() => {
    const look = setInterval(() => {
      if (navigator.onLine) void sendDue(store, port, nowMillis());
    }, 250);
    // The tab goes away: nothing waits any longer. The requests outlive it, and their keys make sure that each happens once.
    const leave = (): void => void sendDue(store, { ...port, ...commandPort(send, client, port.tell, true) }, Number.MAX_SAFE_INTEGER);
    addEventListener('pagehide', leave);
    return () => {
      clearInterval(look);
      removeEventListener('pagehide', leave);
    };
  }, [store, port, send, client]);
  useEffect(() => {
    if (told === undefined) return;
    const timer = setTimeout(() => setTold(undefined), 10_000);
    return () => clearTimeout(timer);
  }, [told]);
  return (
    <>
      <Toasts />
      <ConflictSheet port={port} />
      {told === undefined ? null : (
        <p role="status" className={`${styles['toast']} ${styles['told']}`}>
          {t(told.outcome === 'done-already' ? 'doneAlready' : 'sentAgain', { what: message(told.command) })}
        </p>
      )}
    </>
  );
};
