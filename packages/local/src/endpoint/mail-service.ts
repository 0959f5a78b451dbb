import { appendFile, mkdir } from 'node:fs/promises';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { join } from 'node:path';
import * as z from 'zod';
import { readBody } from './read-body.ts';

export const mailPath = '/v2/email/outbound-emails';

const outbound = z.object({
  FromEmailAddress: z.string(),
  Destination: z.object({ ToAddresses: z.array(z.string()).min(1) }),
  Content: z.object({
    Simple: z.object({ Subject: z.object({ Data: z.string() }), Body: z.object({ Text: z.object({ Data: z.string() }) }) }),
  }),
});

/** SES, as far as services need it: nothing is sent, every mail stands in one file that a person can open. */
export async function answerMail(request: IncomingMessage, response: ServerResponse, folder: string): Promise<void> {
  const { FromEmailAddress, Destination, Content } = outbound.parse(JSON.parse((await readBody(request)).toString('utf8')));
  const { Subject, Body } = Content.Simple;
  const heading = [`From: ${FromEmailAddress}`, `To: ${Destination.ToAddresses.join(', ')}`, `Subject: ${Subject.Data}`];
  await mkdir(folder, { recursive: true });
  await appendFile(join(folder, 'mails.txt'), `${[...heading, '', Body.Text.Data].join('\n')}\n${'='.repeat(80)}\n`);
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ MessageId: `local-${Date.now()}` }));
}
