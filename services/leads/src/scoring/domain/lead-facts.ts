import { personField, type PersonFields } from '@meilenstein/contracts';
import type { Facts, FactValue, FieldType, FieldTypes, Instant, LeadId, SourceId } from '@meilenstein/kernel';
import { countryOf } from '../../identity/domain/country.ts';
import { firstNumber } from '../../identity/domain/first-number.ts';
import { mayBeDate, numberOfEmployees } from '../../identity/domain/number-of-employees.ts';
import { domainOf, isFreeMail } from '../../identity/domain/person.ts';
import { bantSlots, type Bant } from '../../qualification/domain/bant.ts';

/** One thing that the person did, such as sending a form, opening an e-mail or attending an event. */
export type Touch = { readonly kind: string; readonly sourceId: SourceId | null; readonly at: Instant };

/** Everything that rules may test about a lead, as known at one time. */
export type Situation = {
  readonly leadId: LeadId;
  readonly fields: PersonFields;
  readonly sourceId: SourceId;
  readonly capturedAt: Instant;
  readonly touches: readonly Touch[];
  readonly bant: Bant;
  /** purposes that the person agreed to */
  readonly consents: readonly string[];
};

/** Fields that show what the person wants, in contrast to who the person is; a sales-qualified lead needs one of each kind. */
export const intentFields = [
  'touches',
  'touches.kinds',
  'touches.sources',
  'touched.last',
  'bant.budget',
  'bant.authority',
  'bant.need',
  'bant.timing',
  'message',
] as const;
export const profileFields = ['company', 'country', 'employees', 'email.domain', 'email.business'] as const;

const alias = (prefix: string, type: FieldType): FieldTypes =>
  Object.fromEntries(personField.options.map((field) => [`${prefix}.${field}`, type] as const));

/** The fields that rules about leads may test. `country` is a valid country code, `employees` the number or range that was given; `text.x`, `number.x` and `business.x` are any field as typed, its first number, and whether it is a business e-mail address. */
export const leadFieldTypes: FieldTypes = {
  email: 'text',
  'email.domain': 'text',
  'email.business': 'yes-no',
  name: 'text',
  phone: 'text',
  company: 'text',
  country: 'text',
  employees: 'number',
  message: 'text',
  'custom.*': 'text',
  'number.custom.*': 'number',
  ...alias('text', 'text'),
  ...alias('number', 'number'),
  ...alias('business', 'yes-no'),
  source: 'text',
  captured: 'time',
  consents: 'texts',
  touches: 'number',
  'touches.kinds': 'texts',
  'touches.sources': 'texts',
  'touched.last': 'time',
  'bant.budget': 'text',
  'bant.authority': 'text',
  'bant.need': 'text',
  'bant.timing': 'text',
};

/** The fields that rules about a single touch may test. */
export const touchFieldTypes: FieldTypes = { kind: 'text', source: 'text', at: 'time' };

export const touchFacts = ({ kind, sourceId, at }: Touch): Facts => ({ kind, source: sourceId, at });

const businessMail = (email: string | undefined): boolean | undefined => {
  const domain = email === undefined ? undefined : domainOf(email);
  return domain === undefined ? undefined : !isFreeMail(domain);
};

const numberOf = (text: string | undefined): number | undefined => (text === undefined || mayBeDate(text) ? undefined : firstNumber(text));

const personFacts = (fields: PersonFields): Facts => {
  const { custom = {}, ...own } = fields;
  const typed: Facts = Object.fromEntries(
    personField.options.flatMap((field): (readonly [string, FactValue])[] => [
      [`text.${field}`, own[field]],
      [`number.${field}`, numberOf(own[field])],
      [`business.${field}`, businessMail(own[field])],
    ]),
  );
  const companys: Facts = Object.fromEntries(
    Object.entries(custom).flatMap(([name, text]): (readonly [string, FactValue])[] => [
      [`custom.${name}`, text],
      [`number.custom.${name}`, numberOf(text)],
    ]),
  );
  return {
    ...own,
    ...typed,
    ...companys,
    'email.domain': own.email === undefined ? undefined : domainOf(own.email),
    'email.business': businessMail(own.email),
    country: countryOf(fields),
    employees: own.employees === undefined ? undefined : numberOfEmployees(own.employees),
  };
};

const behaviour = (touches: readonly Touch[]): Facts => ({
  touches: touches.length,
  'touches.kinds': [...new Set(touches.map((touch) => touch.kind))],
  'touches.sources': [...new Set(touches.flatMap(({ sourceId }) => (sourceId === null ? [] : [sourceId])))],
  'touched.last': touches
    .map((touch) => touch.at)
    .toSorted()
    .at(-1),
});

/** A lead as facts for predicates. */
export const leadFacts = ({ fields, sourceId, capturedAt, touches, bant, consents }: Situation): Facts => ({
  ...personFacts(fields),
  source: sourceId,
  captured: capturedAt,
  consents,
  ...behaviour(touches),
  ...Object.fromEntries(bantSlots.map((slot) => [`bant.${slot}`, bant[slot]?.value] as const)),
});
