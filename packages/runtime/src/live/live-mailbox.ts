import { SESv2Client } from '@aws-sdk/client-sesv2';
import { setting } from './live.ts';
import { sesMailbox, type Mailbox } from '../adapters/mailbox.ts';

/** Mails from the deployment's own address (`MAIL_FROM`). */
export const liveMailbox = (): Mailbox => sesMailbox(setting('MAIL_FROM'), new SESv2Client({}));
