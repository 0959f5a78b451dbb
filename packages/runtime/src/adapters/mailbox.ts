import { SendEmailCommand, type SESv2Client } from '@aws-sdk/client-sesv2';

/** A mail to one person, plain text. */
export type Mail = { readonly to: string; readonly subject: string; readonly text: string };

/** Sends a mail. Throws if it was not accepted; the caller tries again, which may send it twice. */
export type Mailbox = { readonly send: (mail: Mail) => Promise<void> };

/** SES; `from` is an address that the account has verified. */
export const sesMailbox = (from: string, client: SESv2Client): Mailbox => ({
  send: async ({ to, subject, text }) => {
    await client.send(
      new SendEmailCommand({
        FromEmailAddress: from,
        Destination: { ToAddresses: [to] },
        Content: { Simple: { Subject: { Data: subject, Charset: 'UTF-8' }, Body: { Text: { Data: text, Charset: 'UTF-8' } } } },
      }),
    );
  },
});
