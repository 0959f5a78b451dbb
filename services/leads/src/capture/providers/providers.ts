import { calendly } from './calendly.ts';
import { contactForm7 } from './contact-form-7.ts';
import { formstack } from './formstack.ts';
import { framer } from './framer.ts';
import { genericHmac } from './generic-hmac.ts';
import { googleAds } from './google-ads.ts';
import { gravityForms } from './gravity-forms.ts';
import { htmlForm } from './html-form.ts';
import { hubspot } from './hubspot.ts';
import { jotform } from './jotform.ts';
import { linkedin } from './linkedin.ts';
import { meta } from './meta.ts';
import type { Providers } from './provider.ts';
import { standardWebhooks } from './standard-webhooks.ts';
import { tally } from './tally.ts';
import { typeform } from './typeform.ts';
import { webflow } from './webflow.ts';
import { wpforms } from './wpforms.ts';

/** All form providers. A new one is one file, one line here and one name in the contract. */
export const providers: Providers = {
  'standard-webhooks': standardWebhooks,
  'html-form': htmlForm,
  'generic-hmac': genericHmac,
  typeform,
  tally,
  webflow,
  calendly,
  jotform,
  hubspot,
  'google-ads': googleAds,
  meta,
  linkedin,
  'gravity-forms': gravityForms,
  'contact-form-7': contactForm7,
  wpforms,
  framer,
  formstack,
};
