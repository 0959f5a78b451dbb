import type { ProviderName } from '@meilenstein/contracts';

export type FetchRequest = { readonly url: string; readonly headers: Readonly<Record<string, string>> };

type RequestOf = (reference: string) => FetchRequest;

const metaFields = ['id', 'created_time', 'form_id', 'ad_id', 'campaign_id', 'platform', 'field_data', 'custom_disclaimer_responses'];
const hubspotProperties = ['email', 'firstname', 'lastname', 'phone', 'company', 'country', 'numemployees', 'message'];

/** By provider: where the content behind a reference is. Each API version is supported by its provider for at least a year. */
const requests: Partial<Readonly<Record<ProviderName, RequestOf>>> = {
  meta: (leadgenId) => ({
    url: `https://graph.facebook.com/v24.0/${encodeURIComponent(leadgenId)}?fields=${metaFields.join()}`,
    headers: {},
  }),
  linkedin: (responseId) => ({
    url: `https://api.linkedin.com/rest/leadFormResponses/${encodeURIComponent(responseId)}`,
    headers: { 'linkedin-version': '202606', 'x-restli-protocol-version': '2.0.0' },
  }),
  // The token belongs to one portal, so only the number of the contact is sent.
  hubspot: (reference) => ({
    url: `https://api.hubapi.com/crm/v3/objects/contacts/${encodeURIComponent(reference.split('/')[1] ?? '')}?properties=${hubspotProperties.join()}`,
    headers: {},
  }),
};

/** The request that fetches the content behind a reference; undefined if the provider delivers everything at once. */
export const fetchRequestOf = (provider: ProviderName, reference: string, token: string): FetchRequest | undefined => {
  const request = requests[provider]?.(reference);
  return request === undefined
    ? undefined
    : { ...request, headers: { authorization: `Bearer ${token}`, accept: 'application/json', ...request.headers } };
};
