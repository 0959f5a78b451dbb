import type { Command } from './held-commands.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const recordIn = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});

/** The same command with one thing more that the person means; another body, so another key. */
const withMeant = ({ id, key, request, entity, patch, message }: Command, what: 'confirmed' | 'restated', field: string): Command => ({
  id: `${id}-${what}`,
  key,
  request: { ...request, body: { ...recordIn(request.body), [field]: true } },
  entity,
  patch,
  message,
});

/** The same command once the person has said that an amount far outside the usual is meant. */
export const withConfirmedAmount = (command: Command): Command => withMeant(command, 'confirmed', 'confirm');

/** The same command once somebody who may do so has said that a closed month is to be reported again. */
export const withRestatedMonth = (command: Command): Command => withMeant(command, 'restated', 'restates');

/** Where a refused command can be changed, with all that was typed; undefined where it was no more than one choice. */
export const sheetOf = ({
  key,
  entity,
  request,
}: Command): { readonly to: string; readonly search: { readonly record: string } } | undefined => {
  const { milestoneId } = recordIn(request.body);
  if (key !== 'POST /opportunities/{opportunityId}/milestones' || typeof milestoneId !== 'string') return undefined;
  return { to: `/opportunities/${entity.replace('opportunity:', '')}`, search: { record: milestoneId } };
};
