import { useTranslations } from 'use-intl';
import type { de } from '../texts/de.ts';
import type { Command } from './held-commands.ts';

export type SaidText = keyof (typeof de)['commands']['said'];

/** The sentence of a command, such as "Gave Ann Byron to Carl". */
export const useSaid = (): ((command: Pick<Command, 'said'>) => string) => {
  const t = useTranslations('commands.said');
  return ({ said: { text, values = {} } }) => t(text, values);
};
