import type { Request } from '../api/routes.ts';
import type { useGiveCommand } from '../commands/command-context.ts';
import type { MessageText } from '../commands/message-text.ts';

type Give = ReturnType<typeof useGiveCommand>;

/** The lead that a command is about, as a list or a record has it. */
export type LeadTarget = { readonly leadId: string; readonly version: string; readonly name: string };

type Key =
  | 'POST /leads/{leadId}/answer'
  | 'POST /leads/{leadId}/wait'
  | 'POST /leads/{leadId}/resume'
  | 'POST /leads/{leadId}/qualify'
  | 'POST /leads/{leadId}/disqualify'
  | 'POST /leads/{leadId}/assign'
  | 'POST /leads/{leadId}/pick'
  | 'POST /leads/{leadId}/give-back'
  | 'POST /leads/{leadId}/convert';

const messages: Readonly<Record<Key, MessageText>> = {
  'POST /leads/{leadId}/answer': 'answered',
  'POST /leads/{leadId}/wait': 'waiting',
  'POST /leads/{leadId}/resume': 'resumed',
  'POST /leads/{leadId}/qualify': 'qualified',
  'POST /leads/{leadId}/disqualify': 'disqualified',
  'POST /leads/{leadId}/assign': 'assigned',
  'POST /leads/{leadId}/pick': 'picked',
  'POST /leads/{leadId}/give-back': 'givenBack',
  'POST /leads/{leadId}/convert': 'converted',
};

/** Gives a command on a lead: with the version that was seen, and what it will look like. */
export const giveOnLead =
  (give: Give, { leadId, version, name }: LeadTarget) =>
  <K extends Key>(
    key: K,
    body: Request<K>['body'],
    { patch = {}, rep }: { readonly patch?: Readonly<Record<string, unknown>>; readonly rep?: string } = {},
  ): void =>
    give({
      key,
      request: { path: { leadId }, body, ifMatch: version },
      entity: `lead:${leadId}`,
      patch,
      message: { text: messages[key], values: { person: name, rep: rep ?? '' } },
    });
