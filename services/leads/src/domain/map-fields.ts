import { personFields, type PersonFields } from '@meilenstein/contracts';
import { normalisedEmail, normalisedPhone } from './person.ts';

type Field = keyof PersonFields;
export type FieldMapping = Readonly<Record<string, Field>>;

/** Why a submission was not understood; goes into quarantine as it is. */
export type Understood = { readonly fields: PersonFields } | { readonly quarantine: string };

/** What forms call these fields when nobody configured them: lower case, letters only. */
const usualNames: Readonly<Record<Field, readonly string[]>> = {
  email: ['email', 'emailaddress', 'emailadresse', 'mail', 'workemail'],
  name: ['name', 'fullname', 'yourname', 'vorname', 'firstname', 'givenname', 'nachname', 'lastname', 'surname', 'familyname'],
  phone: ['phone', 'phonenumber', 'telephone', 'tel', 'telefon', 'telefonnummer', 'mobile', 'mobil', 'handy'],
  company: ['company', 'companyname', 'organisation', 'organization', 'firma', 'unternehmen'],
  country: ['country', 'land'],
  employees: ['employees', 'employeecount', 'companysize', 'mitarbeiter', 'mitarbeiterzahl', 'mitarbeitende'],
  message: ['message', 'comment', 'comments', 'nachricht', 'kommentar', 'anmerkung'],
};

/** Longest text that a field keeps; the rest of a longer one is cut, but a part of an e-mail or a number would be another one. */
const longest: Readonly<Record<Field, number>> = {
  email: 320,
  name: 200,
  phone: 60,
  company: 200,
  country: 60,
  employees: 30,
  message: 5000,
};

const allFields = personFields.keyof().options;

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

// JSON.parse makes `__proto__` an own property, so owning it is not enough.
const step = (value: unknown, name: string): unknown =>
  isRecord(value) && name !== '__proto__' && Object.hasOwn(value, name) ? value[name] : undefined;

const valueAt = (payload: unknown, path: string): unknown => path.split('.').reduce(step, payload);

const textOf = (value: unknown): string | undefined => {
  if (typeof value === 'string') return value.trim() === '' ? undefined : value.trim();
  return typeof value === 'number' && Number.isFinite(value) ? String(value) : undefined;
};

const plain = (name: string): string =>
  name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z]/g, '');

type Found = { readonly field: Field; readonly value: unknown };

const byMapping = (payload: unknown, mapping: FieldMapping): readonly Found[] =>
  Object.entries(mapping).map(([path, field]) => ({ field, value: valueAt(payload, path) }));

/** Without a mapping: the usual names, at the top and in `data`, where webhooks put their content. */
const byUsualNames = (payload: unknown): readonly Found[] =>
  [payload, step(payload, 'data')]
    .filter(isRecord)
    .flatMap((record) =>
      allFields.flatMap((field) =>
        usualNames[field].flatMap((usual) =>
          Object.keys(record).flatMap((key) => (plain(key) === usual ? [{ field, value: step(record, key) }] : [])),
        ),
      ),
    );

/** A name may come in parts (first and last name); of every other field the first value counts. */
const merged = (field: Field, texts: readonly string[]): string | undefined => {
  const text = field === 'name' && texts.length > 0 ? [...new Set(texts)].join(' ') : texts[0];
  if ((field === 'email' || field === 'phone') && text !== undefined && text.length > longest[field]) return undefined;
  return text?.slice(0, longest[field]).toWellFormed();
};

const isBroken = (text: string): string | undefined => {
  if (text.includes('\u0000')) return 'text-holds-nul';
  return text.isWellFormed() ? undefined : 'text-is-not-utf-8';
};

/** A payload becomes lead fields; without a usable e-mail or phone number nobody could be reached, so it is not understood. */
export const mapFields = (payload: unknown, mapping: FieldMapping): Understood => {
  const found = Object.keys(mapping).length > 0 ? byMapping(payload, mapping) : byUsualNames(payload);
  const texts = found.flatMap(({ field, value }) => {
    const text = textOf(value);
    return text === undefined ? [] : [{ field, text }];
  });
  const broken = texts.map(({ text }) => isBroken(text)).find((reason) => reason !== undefined);
  if (broken !== undefined) return { quarantine: broken };
  const fields = Object.fromEntries(
    allFields.flatMap((field) => {
      const value = merged(field, texts.filter((one) => one.field === field).map((one) => one.text)); // prettier-ignore
      return value === undefined ? [] : [[field, value] as const];
    }),
  );
  return reachable(personFields.parse(fields), found);
};

const reachable = ({ email, phone, ...others }: PersonFields, found: readonly Found[]): Understood => {
  const usableEmail = normalisedEmail(email) === undefined ? {} : { email };
  const usablePhone = normalisedPhone(phone) === undefined ? {} : { phone };
  const fields = personFields.parse({ ...usableEmail, ...usablePhone, ...others });
  if (fields.email !== undefined || fields.phone !== undefined) return { fields };
  const wrong = found.find(({ field, value }) => (field === 'email' || field === 'phone') && isRecord(value));
  if (wrong !== undefined) return { quarantine: `${wrong.field}-is-not-text` };
  return { quarantine: email === undefined && phone === undefined ? 'email-and-phone-are-missing' : 'email-and-phone-are-not-usable' };
};
