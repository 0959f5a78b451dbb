import { instant, sourceId } from '@meilenstein/kernel';
import * as z from 'zod';
import { defineEvent, type FactOf } from '../../define-event.ts';
import { fieldMapping, providerName, sourceSettings } from './source-settings.ts';

const owner = 'leads';

export const sourceRegistered = defineEvent({
  name: 'SourceRegistered',
  owner,
  version: 1,
  meaning: 'A form, landing page or campaign was registered and may send leads.',
  data: z.object({
    sourceId,
    name: z.string().min(1).max(120),
    provider: providerName,
    mapping: fieldMapping,
    /** where a browser may be sent after a form; nothing is appended to it */
    redirects: z.array(z.url()).max(10),
    /** name of the hidden field that people leave empty and robots fill */
    honeypot: z.string().min(1).max(60).nullable(),
  }),
});

export const sourceConfigured = defineEvent({
  name: 'SourceConfigured',
  owner,
  version: 1,
  meaning: 'A source has a new version of its settings, used for all deliveries that are read from now on.',
  data: z.object({ sourceId, settingsVersion: z.int().positive(), settings: sourceSettings }),
});

export const sourceSecretIssued = defineEvent({
  name: 'SourceSecretIssued',
  owner,
  version: 1,
  meaning: 'A source got a new signing secret. The previous one stays valid until `previousValidUntil`.',
  data: z.object({ sourceId, number: z.int().positive(), previousValidUntil: instant.nullable() }),
});

export const sourceCredential = z.enum(['captcha-secret', 'access-token']);
export type SourceCredential = z.infer<typeof sourceCredential>;

export const sourceCredentialReplaced = defineEvent({
  name: 'SourceCredentialReplaced',
  owner,
  version: 1,
  meaning: 'Somebody gave a source a new secret for checking captchas, or a new token for fetching content. The event never has its value.',
  data: z.object({ sourceId, credential: sourceCredential }),
});

export const sourceEvents = [sourceRegistered, sourceConfigured, sourceSecretIssued, sourceCredentialReplaced] as const;
export type SourceFact = FactOf<(typeof sourceEvents)[number]>;
