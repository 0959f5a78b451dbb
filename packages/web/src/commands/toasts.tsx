import { useNavigate } from '@tanstack/react-router';
import { useTranslations } from 'use-intl';
import { useMe } from '../company/me.ts';
import { nowMillis } from '../format/days.ts';
import { Button } from '../parts/form/button.tsx';
import { useFailureText } from '../parts/failure-message.tsx';
import { useKeys } from '../keyboard/keys.tsx';
import { useCommandStore, useHeldCommands } from './command-context.ts';
import { sheetOf, withConfirmedAmount, withRestatedMonth } from './failed-command.ts';
import { hold, holdMillis, keepUntil, longestHoldMillis, lastHeld, takeBack, type Command, type HeldCommand } from './held-commands.ts';
import { useCommandMessage } from './command-message.ts';
import styles from './toasts.module.css';

const HeldToast = ({ command }: { readonly command: HeldCommand }) => {
  const t = useTranslations('commands');
  const message = useCommandMessage();
  const store = useCommandStore();
  const wait = (until: number): void => store.change((queue) => keepUntil(queue, command.id, until));
  // Whoever is reading it has more time: while it has the pointer or the focus it is not sent.
  const stay = (): void => wait(nowMillis() + longestHoldMillis);
  const letGo = (): void => wait(nowMillis() + holdMillis / 2);
  return (
    <div className={styles['toast']} role="group" onPointerEnter={stay} onPointerLeave={letGo} onFocus={stay} onBlur={letGo}>
      <span>{command.state === 'held' ? message(command) : `${t('sending')}: ${message(command)}`}</span>
      {command.state === 'held' ? (
        <Button hint="Ctrl Z" onPress={() => store.change((queue) => takeBack(queue, command.id))}>
          {t('undo')}
        </Button>
      ) : null}
    </div>
  );
};

const FailedToast = ({ command }: { readonly command: HeldCommand & { readonly state: 'failed' } }) => {
  const t = useTranslations('commands');
  const message = useCommandMessage();
  const textOf = useFailureText();
  const store = useCommandStore();
  const navigate = useNavigate();
  const drop = (): void => store.change((queue) => takeBack(queue, command.id));
  const again = (): void => {
    const { id, key, request, entity, patch, message: words } = command;
    store.change((queue) => hold(takeBack(queue, id), { id, key, request, entity, patch, message: words }, nowMillis() - holdMillis));
  };
  const { roles } = useMe();
  const mayRestate = roles.some((role) => role === 'operations' || role === 'admin');
  const sendMeant = (meant: Command): void => store.change((queue) => hold(takeBack(queue, command.id), meant, nowMillis() - holdMillis));
  const sheet = sheetOf(command);
  return (
    <div className={`${styles['toast']} ${styles['failed']}`} role="alert">
      <strong>
        {t('failed')}: {message(command)}
      </strong>
      <span>{textOf(command.failure)}</span>
      <div className={styles['actions']}>
        {command.failure.status === 422 || command.failure.status === 400 ? null : <Button onPress={again}>{t('sendAgain')}</Button>}
        {command.failure.code === 'amount-unusual' ? (
          <Button onPress={() => sendMeant(withConfirmedAmount(command))}>{t('confirmAmount')}</Button>
        ) : null}
        {command.failure.code === 'period-closed' && mayRestate ? (
          <Button onPress={() => sendMeant(withRestatedMonth(command))}>{t('restateMonth')}</Button>
        ) : null}
        {sheet === undefined ? null : <Button onPress={() => void navigate(sheet)}>{t('edit')}</Button>}
        <Button onPress={drop}>{t('drop')}</Button>
      </div>
    </div>
  );
};

const isFailed = (command: HeldCommand): command is HeldCommand & { readonly state: 'failed' } => command.state === 'failed';

/** All commands that can still be taken back, that are on their way, or that came back. Stale ones are shown by the conflict sheet. */
export const Toasts = () => {
  const t = useTranslations('commands');
  const shell = useTranslations('shell.keys');
  const store = useCommandStore();
  const queue = useHeldCommands();
  const message = useCommandMessage();
  const newest = queue.at(-1);
  useKeys([
    {
      keys: '$mod+z',
      label: shell('undo'),
      run: () => {
        const last = lastHeld(store.read());
        if (last !== undefined) store.change((held) => takeBack(held, last.id));
      },
    },
  ]);
  return (
    <section className={styles['region']} aria-label={t('region')}>
      <span role="status" className="only-spoken">
        {newest === undefined ? '' : message(newest)}
      </span>
      {queue.map((command) => {
        if (!isFailed(command)) return command.state === 'settling' ? null : <HeldToast key={command.id} command={command} />;
        return command.failure.status === 412 ? null : <FailedToast key={command.id} command={command} />;
      })}
    </section>
  );
};
