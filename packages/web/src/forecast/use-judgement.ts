import type { Item } from '../api/routes.ts';
import { useRead } from '../api/use-read.ts';
import { useMe } from '../company/me.ts';
import { nodeId } from '../company/nodes.ts';
import { useHeldCommands } from '../commands/command-context.ts';
import { patched } from '../commands/held-commands.ts';
import { isSameWindow, type Amount, type Asked, type Forecast } from './forecast-reading.ts';

type Versions = Item<'GET /forecasts/judgements'>['versions'];
type Version = Versions[number];

/** The figure in force, as it will be once everything that was asked of it is done. */
export type Judgement = {
  readonly amount: Amount;
  readonly reason: string | null;
  readonly madeBy: Version['madeBy'] | undefined;
  /** undefined while it has not been sent */
  readonly madeAt: string | undefined;
  readonly computed: Amount | undefined;
  readonly versions: Versions;
};

export const judgementEntity = ({ window, ...node }: Asked): string => `judgement:${nodeId(node)}:${window}`;

const isAmount = (value: unknown): value is Amount => typeof value === 'object' && value !== null && 'amount' in value;

/** The own figure for the window that is shown; nobody but leaders and finance may read it. */
export const useJudgement = (asked: Asked, forecast: Forecast | undefined): Judgement | undefined => {
  const { roles } = useMe();
  const queue = useHeldCommands();
  const mayRead = roles.some((role) => role !== 'rep' && role !== 'marketing' && role !== 'integration');
  const { data } = useRead('GET /forecasts/judgements', { query: { ...asked, limit: 5 } }, { rhythm: 'calm', enabled: mayRead });
  const found = forecast === undefined ? undefined : data?.body.items.find(({ window }) => isSameWindow(window, forecast.window));
  const last = found?.versions.at(-1);
  const given: Readonly<Record<string, unknown>> = patched(queue, judgementEntity(asked), {});
  const { amount, reason } = given;
  if (isAmount(amount))
    return {
      amount,
      reason: typeof reason === 'string' ? reason : null,
      madeBy: undefined,
      madeAt: undefined,
      computed: undefined,
      versions: found?.versions ?? [],
    };
  return last === undefined || found === undefined ? undefined : { ...last, versions: found.versions };
};
