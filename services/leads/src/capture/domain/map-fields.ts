import { personField, personFields, type MappingTarget, type PersonField, type PersonFields } from '@meilenstein/contracts';
import { normalisedEmail, normalisedPhone } from '../../identity/domain/person.ts';

export type FieldMapping = Readonly<Record<string, MappingTarget>>;

/** One value that was looked at: where it stood, where it was to go, and what became of it. */
export type Explained = { readonly path: string; readonly target: MappingTarget; readonly value: string | null; readonly result: string };

/** Lead fields, or why nobody could be reached; a quarantine's reason goes there as it is. */
export type Mapped = { readonly explanation: readonly Explained[] } & ({ readonly fields: PersonFields } | { readonly quarantine: string });

/** What forms call these fields when nobody configured them: lower case, letters only. */
const usualNames: Readonly<Record<PersonField, readonly string[]>> = {
  email: ['email', 'emailaddress', 'emailadresse', 'mail', 'workemail'],
  name: ['name', 'fullname', 'vorname', 'firstname', 'givenname', 'nachname', 'lastname', 'surname', 'familyname'],
  phone: ['phone', 'phonenumber', 'telephone', 'tel', 'telefon', 'telefonnummer', 'mobile', 'mobil', 'handy'],
  company: ['company', 'companyname', 'organisation', 'organization', 'firma', 'unternehmen'],
  country: ['country', 'land'],
  employees: ['employees', 'employeecount', 'companysize', 'mitarbeiter', 'mitarbeiterzahl', 'mitarbeitende'],
  message: ['message', 'comment', 'comments', 'nachricht', 'kommentar', 'anmerkung'],
};

/** Longest text that a field keeps; the rest of a longer one is cut, but a part of an e-mail or a number would be another one. */
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

// JSON.parse makes `__proto__` an own property, so owning it is not enough.
const step = (value: unknown, name: string): unknown =>
  isRecord(value) && name !== '__proto__' && Object.hasOwn(value, name) ? value[name] : undefined;

/** A name that contains dots is one name where the payload has it; else the dots are steps. */
export const valueAt = (payload: unknown, path: string): unknown => step(payload, path) ?? path.split('.').reduce(step, payload);

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

/** Forms ask for `your-name` and mean the name; Contact Form 7 does so from the start. */
const isCalled = (name: string, usual: string): boolean => plain(name) === usual || plain(name) === `your${usual}`;

/** The field that forms usually mean by a name. */
export const fieldNamed = (name: string): PersonField | undefined =>
  personField.options.find((field) => usualNames[field].some((usual) => isCalled(name, usual)));

type ExtractedValue = { readonly path: string; readonly target: MappingTarget; readonly value: unknown };

/** Where a path leads, level by level, counted in the payload's own order. */
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

/** In the order of the form: first and last name belong together so, and a mapping that was stored has no order of its own. */
const byMapping = (payload: unknown, mapping: FieldMapping): readonly ExtractedValue[] =>
  Object.entries(mapping)
    .map(([path, target]) => ({ path, target, value: valueAt(payload, path), position: positionOf(payload, path) }))
    .toSorted((a, b) => inOrder(a.position, b.position))
    .map(({ path, target, value }) => ({ path, target, value }));

/** Without a mapping: the usual names, at the top and in `data`, where webhooks put their content. */
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

/** A value of a form as text; undefined where it is blank or no text. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  if (typeof value === 'boolean') return String(value);
  if (Array.isArray(value) && value.length > 0 && value.every((one) => typeof one === 'string')) return value.join(', ');
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
};

const isPersonField = (target: MappingTarget): target is PersonField => personField.safeParse(target).success;

const cleanValue = ({ target, value }: ExtractedValue): CleanedValue => {
  if (value === undefined) return { text: undefined, result: 'nothing stands at this path' };
  const text = textOf(value);
  if (text === undefined) return { text, result: isRecord(value) ? 'is no text but an object; map one of the values in it' : 'is blank' };
  const most = isPersonField(target) ? maxLength[target] : maxCustomLength;
  if ((target === 'email' || target === 'phone') && text.length > most)
    return { text: undefined, result: `is longer than ${most} characters` };
  if (target === 'email' && normalisedEmail(text) === undefined) return { text: undefined, result: 'is no e-mail address' };
  if (target === 'phone' && normalisedPhone(text) === undefined) return { text: undefined, result: 'is no phone number' };
  return { text: text.slice(0, most).toWellFormed(), result: text.length > most ? `taken, cut to ${most} characters` : 'taken' };
};

const textFault = (text: string): string | undefined => {
  if (text.includes('\u0000')) return 'nul-character';
  return text.isWellFormed() ? undefined : 'text-not-utf-8';
};

/** A name may come in parts (first and last name); of every other field the first value counts. */
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

/** A payload becomes lead fields; without a usable e-mail or phone number nobody could be reached, so it is not understood. */
export const mapFields = (payload: unknown, mapping: FieldMapping): Mapped => {
  const found = Object.keys(mapping).length > 0 ? byMapping(payload, mapping) : byUsualNames(payload);
  const looked = found.map((one) => ({ ...one, ...cleanValue(one) }));
  const explanation = looked.map(({ path, target, value, result }) => ({
    path,
    target,
    value: textOf(value)?.slice(0, 200) ?? null,
    result,
  }));
  const broken = found.map(({ value }) => textFault(textOf(value) ?? '')).find((reason) => reason !== undefined);
  if (broken !== undefined) return { quarantine: broken, explanation };
  const fields = personOf(looked.flatMap(({ target, text }) => (text === undefined ? [] : [{ target, text }])));
  if (fields.email !== undefined || fields.phone !== undefined) return { fields, explanation };
  const wrong = found.find(({ target, value }) => (target === 'email' || target === 'phone') && isRecord(value));
  if (wrong !== undefined) return { quarantine: `${wrong.target}-not-text`, explanation };
  const tried = looked.some(({ target, value }) => (target === 'email' || target === 'phone') && textOf(value) !== undefined);
  return { quarantine: tried ? 'email-and-phone-unusable' : 'email-and-phone-missing', explanation };
};
