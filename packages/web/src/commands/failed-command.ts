import type { Command } from './held-commands.ts';

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const recordIn = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});

/** The same command once the person has said that an amount far outside the usual is meant; another body, so another key. */
export const withConfirmedAmount = ({ id, key, request, entity, patch, message }: Command): Command => ({
  id: `${id}-confirmed`,
  key,
  request: { ...request, body: { ...recordIn(request.body), confirm: true } },
  entity,
  patch,
  message,
});

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
