import { leadsOnFollowUpStepTaken, type ReceivedBy } from '@meilenstein/contracts';
import { onEvents, type EventConsumerDeps } from '@meilenstein/runtime';
import { allConsents } from '../../consent/domain/consent-record.ts';
import { mailAddressOf } from '../../identity/domain/placeholders.ts';
import { followUpMail } from '../domain/follow-up-mail.ts';
import { mayWrite } from '../domain/follow-up-commands.ts';
import { fullProfile } from '../../lead/domain/lead.ts';
import { resolveProfile } from '../../identity/domain/survivorship.ts';
import { tokenOf } from '../../consent/http/consent-link.ts';
import type { ConsentMailDeps } from '../../consent/events/on-consent-requested.ts';

/** Sends the e-mail of a step, unless the person has replied, withdrawn the consent or been erased in the meantime. */
const write = async (
  { stores, mailbox, apiUrl }: ConsentMailDeps,
  { data }: ReceivedBy<typeof leadsOnFollowUpStepTaken>,
): Promise<void> => {
  if (data.did !== 'mail') return;
  const found = await stores.leads.find(data.leadId);
  if (found === undefined || !mayWrite(found.lead, data.sequenceId) || found.lead.followUp === null) return;
  const { sequencesVersion, purpose } = found.lead.followUp;
  const sequence = (await stores.followUps.versions([sequencesVersion]))
    .get(sequencesVersion)
    ?.find((one) => one.sequenceId === data.sequenceId);
  const step = sequence?.steps.find((one) => one.id === data.stepId);
  const { fields } = resolveProfile(fullProfile(found.lead), (await stores.survivorship.current()).rules);
  const email = mailAddressOf(fields.email);
  const textVersion = purpose === null ? undefined : allConsents(found.lead)[purpose]?.textVersion;
  if (step?.act !== 'mail' || email === undefined || purpose === null || textVersion === undefined) return;
  const token = tokenOf(await stores.persons(), { leadId: data.leadId, purpose, textVersion });
  const wording = data.variant === 'b' && step.b !== null ? step.b : step.a;
  await mailbox.send(followUpMail(email, wording, `${apiUrl.replace(/\/$/, '')}/consents/${token}/withdraw`));
};

/** Sends the e-mails of follow-up sequences. */
export const onFollowUpStepTaken = (deps: ConsentMailDeps, consumer: EventConsumerDeps) =>
  onEvents(leadsOnFollowUpStepTaken, (event) => write(deps, event), consumer);
