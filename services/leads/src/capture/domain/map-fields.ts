import { personField, personFields, type MappingTarget, type PersonField, type PersonFields } from '@meilenstein/contracts';
import { emailAddressOf } from '../../identity/domain/email-address.ts';
import { hasOnlyPlaceholders } from '../../identity/domain/person-keys.ts';
import { normalisedPhone } from '../../identity/domain/phone-number.ts';
import { joinedName, type NameText } from './joined-name.ts';
import { trialTexts, type TrialTexts } from './texts.ts';

export type FieldMapping = Readonly<Record<string, MappingTarget>>;

/** One value that was read: its path, its target, and the result. */
export type Explained = { readonly path: string; readonly target: MappingTarget; readonly value: string | null; readonly result: string };

/** Lead fields, or the reason for quarantine. */
export type Mapped = { readonly explanation: readonly Explained[] } & ({ readonly fields: PersonFields } | { readonly quarantine: string });

/** The usual names of these fields in forms without a mapping: lower case, letters only. */
const usualNames: Readonly<Record<PersonField, readonly string[]>> = {
  email: ['email', 'emailaddress', 'emailadresse', 'mail', 'workemail'],
  name: ['name', 'fullname', 'vorname', 'firstname', 'givenname', 'nachname', 'lastname', 'surname', 'familyname'],
  phone: ['phone', 'phonenumber', 'telephone', 'tel', 'telefon', 'telefonnummer', 'mobile', 'mobil', 'handy'],
  company: ['company', 'companyname', 'organisation', 'organization', 'firma', 'unternehmen'],
  country: ['country', 'land'],
  employees: ['employees', 'employeecount', 'companysize', 'mitarbeiter', 'mitarbeiterzahl', 'mitarbeitende'],
  message: ['message', 'comment', 'comments', 'nachricht', 'kommentar', 'anmerkung'],
};

/** The longest text that a field keeps. Longer texts are cut, except e-mail addresses and phone numbers, which would become different ones. */
const maxLength: Readonly<Record<PersonField, number>> = {
  email: 320,
  name: 200,
  phone: 60,
  company: 200,
  country: 60,
  employees: 30,
  message: 5000,
};

const maxCustomLength = 2000;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

// JSON.parse makes `__proto__` an own property, so hasOwn alone is not enough.
const step = (value: unknown, name: string): unknown =>
  isRecord(value) && name !== '__proto__' && Object.hasOwn(value, name) ? value[name] : undefined;

/** If the payload has a name that contains the dots, it is that name. Otherwise the dots separate steps. */
export const valueAt = (payload: unknown, path: string): unknown => step(payload, path) ?? path.split('.').reduce(step, payload);

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/** Some forms call the name `your-name`; Contact Form 7 does so by default. */
const isCalled = (name: string, usual: string): boolean => plain(name) === usual || plain(name) === `your${usual}`;

/** The field that forms usually mean by a name. */
export const fieldNamed = (name: string): PersonField | undefined =>
  personField.options.find((field) => usualNames[field].some((usual) => isCalled(name, usual)));

type ExtractedValue = { readonly path: string; readonly target: MappingTarget; readonly value: unknown };

/** The position of a path in the payload, level by level. */
const positionOf = (payload: unknown, path: string): readonly number[] => {
  const names = isRecord(payload) ? Object.keys(payload) : [];
  if (names.includes(path)) return [names.indexOf(path)];
  const [first = '', ...rest] = path.split('.');
  return [names.indexOf(first), ...(rest.length === 0 ? [] : positionOf(step(payload, first), rest.join('.')))];
};

const inOrder = (a: readonly number[], b: readonly number[]): number => {
  const level = a.findIndex((position, index) => position !== b[index]);
  return (a[level] ?? 0) - (b[level] ?? 0);
};

/** In the order of the form, which puts first and last name in sequence; a stored mapping has no order. */
const byMapping = (payload: unknown, mapping: FieldMapping): readonly ExtractedValue[] =>
  Object.entries(mapping)
    .map(([path, target]) => ({ path, target, value: valueAt(payload, path), position: positionOf(payload, path) }))
    .toSorted((a, b) => inOrder(a.position, b.position))
    .map(({ path, target, value }) => ({ path, target, value }));

/** Without a mapping: the usual names, at the top level and in `data`, where webhooks put their content. */
const byUsualNames = (payload: unknown): readonly ExtractedValue[] =>
  [
    { prefix: '', record: payload },
    { prefix: 'data.', record: step(payload, 'data') },
  ].flatMap(({ prefix, record }) =>
    isRecord(record)
      ? personField.options.flatMap((target) =>
          usualNames[target].flatMap((usual) =>
            Object.keys(record).flatMap((key) =>
              isCalled(key, usual) ? [{ path: `${prefix}${key}`, target, value: step(record, key) }] : [],
            ),
          ),
        )
      : [],
  );

type CleanedValue = { readonly text: string | undefined; readonly result: string };

const maxListDepth = 8;

/** The texts in a value of a form: of a list, each of its values that is one. */
const textsOf = (value: unknown, depth = 0): readonly string[] => {
  if (Array.isArray(value)) return depth === maxListDepth ? [] : value.flatMap((one: unknown) => textsOf(one, depth + 1));
  if (typeof value === 'string') return value.trim() === '' ? [] : [value.trim()];
  return typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value)) ? [String(value)] : [];
};

/** A value of a form as text; undefined if it is blank or not a text. */
export const textOf = (value: unknown): string | undefined => {
  const texts = textsOf(value);
  return texts.length === 0 ? undefined : texts.join(', ');
};

const isPersonField = (target: MappingTarget): target is PersonField => personField.safeParse(target).success;

/** What an e-mail address or a phone number is kept as: as it was typed, but without what is wrapped around an address. */
const usable: Readonly<Record<'email' | 'phone', (text: string) => string | undefined>> = {
  email: (text) => emailAddressOf(text)?.written,
  phone: (text) => (normalisedPhone(text) === undefined ? undefined : text),
};

/** Of several addresses or numbers, the first that can be used. */
const cleanContact = (target: 'email' | 'phone', texts: readonly string[], words: TrialTexts): CleanedValue => {
  const short = texts.filter((text) => text.length <= maxLength[target]);
  const [text] = short.flatMap((one) => usable[target](one) ?? []);
  if (text !== undefined) return { text, result: words.mapped };
  return { text, result: short.length === 0 ? words.tooLong(maxLength[target]) : words.notUsable[target] };
};

const cleanValue = ({ target, value }: ExtractedValue, words: TrialTexts): CleanedValue => {
  if (value === undefined) return { text: undefined, result: words.nothingThere };
  const text = textOf(value);
  if (text === undefined) return { text, result: isRecord(value) ? words.isObject : words.isBlank };
  if (target === 'email' || target === 'phone') return cleanContact(target, textsOf(value), words);
  const limit = isPersonField(target) ? maxLength[target] : maxCustomLength;
  return { text: text.slice(0, limit).toWellFormed(), result: text.length > limit ? words.mappedCut(limit) : words.mapped };
};

const textFault = (text: string): string | undefined => {
  if (text.includes('\u0000')) return 'nul-character';
  return text.isWellFormed() ? undefined : 'text-not-utf-8';
};

type CleanedField = NameText & { readonly target: MappingTarget; readonly value: unknown };

/**
 * Several values of one field as one: the parts of a name together, remarks one after the other, values of a field of the company's own as a
 * list. For every other field the first value counts.
 */
const mergeTexts = (target: MappingTarget, fields: readonly CleanedField[]): string | undefined => {
  const texts = [...new Set(fields.map(({ text }) => text))];
  if (target === 'name') {
    const parts = fields.flatMap(({ field, value }) => textsOf(value).map((text) => ({ field, text: text.toWellFormed() })));
    return joinedName(parts)?.slice(0, maxLength.name).toWellFormed();
  }
  if (target === 'message') return texts.length === 0 ? undefined : texts.join('\n\n').slice(0, maxLength.message).toWellFormed();
  if (target === 'email' || target === 'phone') return texts.find((text) => !hasOnlyPlaceholders({ [target]: text })) ?? texts[0];
  return isPersonField(target) ? texts[0] : texts.join(', ').slice(0, maxCustomLength).toWellFormed();
};

const personOf = (values: readonly CleanedField[]): PersonFields => {
  const of = (target: MappingTarget) =>
    mergeTexts(
      target,
      values.filter((one) => one.target === target),
    );
  const own = Object.fromEntries(personField.options.flatMap((field) => (of(field) === undefined ? [] : [[field, of(field)]])));
  const custom = values.filter(({ target }) => !isPersonField(target)).map(({ target }) => [target.slice('custom.'.length), of(target)]);
  return personFields.parse(custom.length === 0 ? own : { ...own, custom: Object.fromEntries(custom) });
};

/** Maps a payload to lead fields. Without a usable e-mail address or phone number it is quarantined. `words` explain each value. */
export const mapFields = (payload: unknown, mapping: FieldMapping, words: TrialTexts = trialTexts.en): Mapped => {
  const found = Object.keys(mapping).length > 0 ? byMapping(payload, mapping) : byUsualNames(payload);
  const cleaned = found.map((one) => ({ ...one, ...cleanValue(one, words) }));
  const explanation = cleaned.map(({ path, target, value, result }) => ({
    path,
    target,
    value: textOf(value)?.slice(0, 200) ?? null,
    result,
  }));
  const broken = found.map(({ value }) => textFault(textOf(value) ?? '')).find((reason) => reason !== undefined);
  if (broken !== undefined) return { quarantine: broken, explanation };
  const fields = personOf(
    cleaned.flatMap(({ path, target, value, text }) =>
      text === undefined ? [] : [{ target, text, value, field: path.split('.').at(-1) ?? '' }],
    ),
  );
  if (fields.email !== undefined || fields.phone !== undefined) return { fields, explanation };
  const wrong = found.find(({ target, value }) => (target === 'email' || target === 'phone') && isRecord(value));
  if (wrong !== undefined) return { quarantine: `${wrong.target}-not-text`, explanation };
  const tried = cleaned.some(({ target, value }) => (target === 'email' || target === 'phone') && textOf(value) !== undefined);
  return { quarantine: tried ? 'email-and-phone-unusable' : 'email-and-phone-missing', explanation };
};
