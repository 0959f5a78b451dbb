import { testInWords, type FieldTest, type Wording } from '@meilenstein/kernel';

/** The names of lead and touch fields that sales reads; people who write rules use the keys. */
const names: Readonly<Record<string, string>> = {
  email: 'e-mail address',
  'email.domain': 'domain of the e-mail address',
  'email.business': 'e-mail address of a company',
  phone: 'phone number',
  employees: 'number of employees',
  captured: 'first contact',
  consents: 'purposes agreed to',
  touches: 'number of contacts',
  'touches.kinds': 'kinds of contact',
  'touches.sources': 'sources of contact',
  'touched.last': 'last contact',
  'bant.budget': 'budget',
  'bant.authority': 'authority to decide',
  'bant.need': 'need',
  'bant.timing': 'timing',
  kind: 'kind of contact',
  at: 'time of contact',
};

const prefixes = ['number.', 'text.', 'custom.'] as const;

/** The name of a field for sales; a custom field keeps its own name. */
export const fieldInWords = (field: string): string => {
  const known = Object.hasOwn(names, field) ? names[field] : undefined;
  if (known !== undefined) return known;
  if (field.startsWith('business.')) return `${fieldInWords(field.slice('business.'.length))} of a company`;
  const prefix = prefixes.find((one) => field.startsWith(one));
  return prefix === undefined ? field : fieldInWords(field.slice(prefix.length));
};

const kinds: Readonly<Record<string, string>> = { form: 'sent a form', import: 'was known to another system' };

const isCompanys = (rule: FieldTest): boolean => rule.field === 'email.business' || rule.field.startsWith('business.');

/** A rule about a lead or a touch, in the words of sales. */
export const leadWording: Wording = (rule) => {
  if (rule.test === 'equals' && isCompanys(rule))
    return `${fieldInWords(rule.field === 'email.business' ? 'email' : rule.field.slice('business.'.length))} is ${rule.value === true ? 'a' : 'not a'} company’s`;
  const known = rule.test === 'equals' && rule.field === 'kind' ? kinds[String(rule.value)] : undefined;
  return known ?? testInWords({ ...rule, field: fieldInWords(rule.field) });
};
