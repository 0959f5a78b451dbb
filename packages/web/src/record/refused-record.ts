import type { HeldCommand, HeldCommands } from '../commands/held-commands.ts';
import { channels, type EvidenceDraft } from './evidence-draft.ts';

type Refused = HeldCommand & { readonly state: 'failed' };

const isRefusedRecord = (command: HeldCommand, entity: string): command is Refused =>
  command.state === 'failed' &&
  command.entity === entity &&
  command.key === 'POST /opportunities/{opportunityId}/milestones' &&
  command.failure.status !== 412;

/** The record that was refused for this opportunity, so that the sheet can open again with all that was typed. */
export const refusedRecord = (queue: HeldCommands, entity: string): Refused | undefined => {
  for (const command of queue) if (isRefusedRecord(command, entity)) return command;
  return undefined;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;
const recordIn = (value: unknown): Readonly<Record<string, unknown>> => (isRecord(value) ? value : {});
const textOr = (value: unknown, otherwise: string): string => (typeof value === 'string' ? value : otherwise);

/** @returns what was typed into the refused record, or the empty draft */
export const draftIn = (refused: Pick<Refused, 'request'> | undefined, empty: EvidenceDraft): EvidenceDraft => {
  if (refused === undefined) return empty;
  const body = recordIn(refused.request.body);
  const evidence = recordIn(body['evidence']);
  return {
    milestoneId: textOr(body['milestoneId'], empty.milestoneId),
    channel: channels.find((channel) => channel === evidence['channel']) ?? null,
    day: textOr(evidence['occurredAt'], empty.day).slice(0, 10),
    role: textOr(recordIn(evidence['by'])['role'], empty.role),
    quote: textOr(evidence['quote'], ''),
    amount: textOr(recordIn(body['amount'])['amount'], ''),
  };
};
