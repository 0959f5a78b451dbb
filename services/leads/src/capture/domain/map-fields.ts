import { personField, personFields, type MappingTarget, type PersonField, type PersonFields } from '@meilenstein/contracts';
import { normalisedEmail, normalisedPhone } from '../../identity/domain/person.ts';

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

/** A value of a form as text; undefined if it is blank or not a text. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')) return value.join(', ');
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
};

const isPersonField = (target: MappingTarget): target is PersonField => personField.safeParse(target).success;

const cleanValue = ({ target, value }: ExtractedValue): CleanedValue => {
  if (value === undefined) return { text: undefined, result: 'there is nothing at this path' };
  const text = textOf(value);
  if (text === undefined) return { text, result: isRecord(value) ? 'is an object; map one of the values in it' : 'is blank' };
  const limit = isPersonField(target) ? maxLength[target] : maxCustomLength;
  if ((target === 'email' || target === 'phone') && text.length > limit)
    return { text: undefined, result: `is longer than ${limit} characters` };
  if (target === 'email' && normalisedEmail(text) === undefined) return { text: undefined, result: 'is not an e-mail address' };
  if (target === 'phone' && normalisedPhone(text) === undefined) return { text: undefined, result: 'is not a phone number' };
  return { text: text.slice(0, limit).toWellFormed(), result: text.length > limit ? `mapped, cut to ${limit} characters` : 'mapped' };
};

const textFault = (text: string): string | undefined => {
  if (text.includes('\u0000')) return 'nul-character';
  return text.isWellFormed() ? undefined : 'text-not-utf-8';
};

/** A name may come in parts (first and last name). For every other field the first value counts. */
const mergeTexts = (target: string, texts: readonly string[]): string | undefined =>
  target === 'name' && texts.length > 0 ? [...new Set(texts)].join(' ').slice(0, maxLength.name) : texts[0];

const personOf = (values: readonly { readonly target: MappingTarget; readonly text: string }[]): PersonFields => {
  const of = (target: MappingTarget) =>
    mergeTexts(
      target,
      values.filter((one) => one.target === target).map((one) => one.text),
    );
  const own = Object.fromEntries(personField.options.flatMap((field) => (of(field) === undefined ? [] : [[field, of(field)]])));
  const custom = values.filter(({ target }) => !isPersonField(target)).map(({ target }) => [target.slice('custom.'.length), of(target)]);
  return personFields.parse(custom.length === 0 ? own : { ...own, custom: Object.fromEntries(custom) });
};

/** Maps a payload to lead fields. Without a usable e-mail address or phone number it is quarantined. */
export const mapFields = (payload: unknown, mapping: FieldMapping): Mapped => {
  const found = Object.keys(mapping).length > 0 ? byMapping(payload, mapping) : byUsualNames(payload);
  const cleaned = found.map((one) => ({ ...one, ...cleanValue(one) }));
  const explanation = cleaned.map(({ path, target, value, result }) => ({
    path,
    target,
    value: textOf(value)?.slice(0, 200) ?? null,
    result,
  }));
  const broken = found.map(({ value }) => textFault(textOf(value) ?? '')).find((reason) => reason !== undefined);
  if (broken !== undefined) return { quarantine: broken, explanation };
  const fields = personOf(cleaned.flatMap(({ target, text }) => (text === undefined ? [] : [{ target, text }])));
  if (fields.email !== undefined || fields.phone !== undefined) return { fields, explanation };
  const wrong = found.find(({ target, value }) => (target === 'email' || target === 'phone') && isRecord(value));
  if (wrong !== undefined) return { quarantine: `${wrong.target}-not-text`, explanation };
  const tried = cleaned.some(({ target, value }) => (target === 'email' || target === 'phone') && textOf(value) !== undefined);
  return { quarantine: tried ? 'email-and-phone-unusable' : 'email-and-phone-missing', explanation };
};
