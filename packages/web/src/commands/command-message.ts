import { useTranslations } from 'use-intl';
import type { Command } from './held-commands.ts';

/** The sentence of a command, such as "Gave Ann Byron to Carl". */
export const useCommandMessage = (): ((command: Pick<Command, 'message'>) => string) => {
  const t = useTranslations('commands.messages');
  return ({ message: { text, values = {} } }) => t(text, values);
};
