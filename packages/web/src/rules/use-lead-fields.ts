import type { FieldType } from '@meilenstein/kernel';
import { useTranslations } from 'use-intl';
import { useRead } from '../api/use-read.ts';
import type { Option, TestableField } from '../documents/shape.ts';
import type { Texts } from '../texts/de.ts';

type FieldName = keyof Texts['rules']['leadFields'];

const ofLead: readonly (readonly [string, FieldName, FieldType])[] = [
  ['company', 'company', 'text'],
  ['country', 'country', 'text'],
  ['employees', 'employees', 'number'],
  ['email', 'email', 'text'],
  ['email.domain', 'emailDomain', 'text'],
  ['email.business', 'emailBusiness', 'yes-no'],
  ['name', 'name', 'text'],
  ['phone', 'phone', 'text'],
  ['message', 'message', 'text'],
  ['custom.*', 'custom', 'text'],
  ['source', 'source', 'text'],
  ['captured', 'captured', 'time'],
  ['consents', 'consents', 'texts'],
  ['touches', 'touches', 'number'],
  ['touches.kinds', 'touchKinds', 'texts'],
  ['touches.sources', 'touchSources', 'texts'],
  ['touched.last', 'touchedLast', 'time'],
  ['bant.budget', 'budget', 'text'],
  ['bant.authority', 'authority', 'text'],
  ['bant.need', 'need', 'text'],
  ['bant.timing', 'timing', 'text'],
];

const ofTouch: typeof ofLead = [
  ['kind', 'kind', 'text'],
  ['source', 'source', 'text'],
  ['at', 'at', 'time'],
];

const ofService: typeof ofLead = [
  ['segments', 'segments', 'texts'],
  ['team', 'team', 'text'],
  ['teams', 'teams', 'texts'],
];

export type RuleFields = {
  readonly lead: readonly TestableField[];
  readonly touch: readonly TestableField[];
  readonly service: readonly TestableField[];
};

/** What the conditions of rules may ask about, in words; sources and countries by the names of the company. */
export const useRuleFields = (): RuleFields => {
  const t = useTranslations('rules.leadFields');
  const sources = useRead('GET /sources', { query: { limit: 100 } }, { rhythm: 'calm' }).data?.body.items ?? [];
  const options: readonly Option[] = sources.map(({ sourceId, name }) => ({ id: sourceId, label: name }));
  const made = (list: typeof ofLead): readonly TestableField[] =>
    list.map(([id, name, type]) => ({ id, label: t(name), type, ...(id === 'source' && options.length > 0 ? { options } : {}) }));
  const lead = made(ofLead);
  return { lead, touch: made(ofTouch), service: [...lead, ...made(ofService)] };
};
