import { genericHmac } from './generic-hmac.ts';
import { htmlForm } from './html-form.ts';
import type { Providers } from './provider.ts';
import { standardWebhooks } from './standard-webhooks.ts';

/** Every way in which forms deliver. A new one is one file, one line here and one name in the contract. */
export const providers: Providers = { 'standard-webhooks': standardWebhooks, 'html-form': htmlForm, 'generic-hmac': genericHmac };
