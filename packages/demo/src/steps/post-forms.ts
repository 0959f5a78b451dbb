import type { Cloud } from '@meilenstein/local';
import { deliver, sourceNamed, submitForm, type Posted, type Source } from './new-business.ts';
import { person, type Person } from '../company/names.ts';
import { seeded } from '../company/random.ts';
import type { ReportProgress } from '../print/narrator.ts';
import { untilAnswered } from '../client/until-answered.ts';
import type { ApiClient } from '../client/api-client.ts';

const sizes = ['12', '120', '800'] as const;

/** Companies of three sizes; every fifth person gives no phone number. */
const fieldsOf = ({ name, email, phone, company }: Person, n: number) => ({
  name,
  email,
  company,
  country: 'DE',
  employees: sizes[n % sizes.length] ?? '12',
  ...(n % 5 === 4 ? {} : { phone }),
});

export type Forms = { readonly webhook: Source; readonly form: Source };

/** A form that signs and one that does not. `round` tells this company's forms from those of another one. */
export const registerForms = async (marketing: ApiClient, round: string): Promise<Forms> => ({
  webhook: await sourceNamed(marketing, `Trade fair ${round}`, 'standard-webhooks'),
  form: await sourceNamed(marketing, `Contact page ${round}`, 'html-form', {
    honeypot: 'website',
    redirects: ['https://www.example.com/thanks'],
  }),
});

type Submission = (cloud: Cloud) => Promise<Posted>;

/** Each submission has an id of its own, so that what is posted again by a start that goes on is the same one. */
const submissionsOf = ({ webhook, form }: Forms, round: string): readonly Submission[] => {
  const random = seeded(40);
  const people = Array.from({ length: 34 }, (_, n) => person(random, 90_000 + n));
  const signed =
    (id: string, fields: unknown): Submission =>
    (cloud) =>
      deliver(cloud, webhook, `${round}-${id}`, fields);
  const plain =
    (id: string, fields: Readonly<Record<string, string>>): Submission =>
    (cloud) =>
      submitForm(cloud, form, { ...fields, _id: `${round}-${id}` });
  return [
    ...people.slice(0, 26).map((one, n) => signed(String(n), fieldsOf(one, n))),
    ...people.slice(0, 3).map((one, n) => signed(`again-${n}`, fieldsOf(one, n))),
    ...people.slice(26).map((one, n) => plain(`form-${n}`, { ...fieldsOf(one, n), website: '' })),
    signed('nobody', { message: 'Please send me your catalogue' }),
    plain('robot', { name: 'Robot', email: 'robot@robots.example', website: 'https://buy.example' }),
    ...people.slice(0, 1).map((one) => signed('0', fieldsOf(one, 0))),
  ];
};

export type Submitted = { readonly posted: number; readonly repeated: number; readonly refused: number };

/**
 * Forty submissions: 26 new persons by webhook, 3 of them again with another delivery, 8 by a browser's form, one without an address,
 * one by a robot, and one delivery that comes twice. And one with a wrong signature, which does not count.
 */
export const postForms = async (cloud: Cloud, { webhook, form }: Forms, round: string, report: ReportProgress): Promise<Submitted> => {
  const answers: Posted[] = [];
  const submissions = submissionsOf({ webhook, form }, round);
  for (const submit of submissions) {
    answers.push(await untilAnswered(cloud, 'the post of a form', () => submit(cloud)));
    report({ done: answers.length, total: submissions.length, unit: 'forms' });
  }
  const bad = answers.find((answer) => ![202, 303].includes(answer.status));
  if (bad !== undefined) throw new Error(`a form got ${bad.status}: ${bad.body}`);
  const wrongSecret = { ...webhook, secret: 'whsec_d3Jvbmc=' };
  const forged = await untilAnswered(cloud, 'the post of a forged form', () =>
    deliver(cloud, wrongSecret, `${round}-forged`, { email: 'forged@example.com' }),
  );
  if (forged.status !== 401) throw new Error(`a forged signature got ${forged.status}`);
  return { posted: answers.length, repeated: Number(answers.at(-1)?.body === answers[0]?.body), refused: 1 };
};
