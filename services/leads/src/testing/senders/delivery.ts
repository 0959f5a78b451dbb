import type { Delivery } from '../../capture/providers/provider.ts';
import { ada, contentTypeOf, encode, type Sender, type ToSign } from './sender.ts';

/** For tests: a delivery as the sender makes it; what is said about it replaces what the sender would have chosen. */
export const deliveryOf = (
  sender: Sender,
  {
    secret,
    at,
    bytes,
    url = 'https://api.example.com/webhooks/source',
    id = 'delivery-1',
  }: Partial<ToSign> & Pick<ToSign, 'secret' | 'at'>,
): Delivery => {
  const body = bytes ?? encode(sender.encoding, sender.contentOf(ada, secret));
  const { headers, query = {} } = sender.sign({ secret, at, url, id, bytes: body });
  return { method: 'POST', url, query, headers: { 'content-type': contentTypeOf(sender.encoding), ...headers }, bytes: body };
};
