import { consentsApi as contract, type HandlersOf } from '@meilenstein/contracts';
import { http } from '@meilenstein/runtime';
import { allConsents } from '../domain/consent-record.ts';
import { donePage, questionPage } from './consent-page.ts';
import { linkOf, type ConsentLink } from './consent-link.ts';
import type { LeadsDeps } from '../../live-leads.ts';
import { personConsents } from './person-consents.ts';

const page = (body: string) => ({ status: 200 as const, body, contentType: 'text/html' as const });
/** A person opens these routes in a browser, so an error is a page, too. */
const invalid = { status: 404 as const, body: donePage('invalid'), contentType: 'text/html' as const };

/** E-mail programs open links by themselves, so only the button of the page changes anything. */
export const consentsApi = (deps: LeadsDeps) => {
  const { leads, persons } = deps.stores;
  const consents = personConsents(leads);

  const linkIn = async (token: string): Promise<ConsentLink | undefined> => {
    const link = linkOf(await persons(), token);
    const found = link === undefined ? undefined : await leads.find(link.leadId);
    return link !== undefined && found !== undefined && allConsents(found.lead)[link.purpose] !== undefined ? link : undefined;
  };

  const routes: HandlersOf<typeof contract> = {
    'GET /consents/{token}': async ({ path }) => ((await linkIn(path.token)) === undefined ? invalid : page(questionPage('confirm'))),
    'POST /consents/{token}': async ({ path }) => {
      const link = await linkIn(path.token);
      if (link === undefined) return invalid;
      const result = await consents.confirm(link.leadId, link.purpose, link.textVersion);
      if (!('changed' in result) || result.changed.state.status === 'none') return invalid;
      const isGiven = allConsents(result.changed.state)[link.purpose]?.status === 'given';
      return page(donePage(isGiven ? 'confirm' : 'stays'));
    },
    'GET /consents/{token}/withdraw': async ({ path }) =>
      (await linkIn(path.token)) === undefined ? invalid : page(questionPage('withdraw')),
    'POST /consents/{token}/withdraw': async ({ path }) => {
      const link = await linkIn(path.token);
      if (link === undefined) return invalid;
      const result = await consents.withdraw(link.leadId, link.purpose, 'person');
      return 'changed' in result ? page(donePage('withdraw')) : invalid;
    },
  };
  return http(contract, routes, deps);
};
