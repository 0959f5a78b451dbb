import { createHmac } from 'node:crypto';
import { emailAddressOf } from '../../identity/domain/email-address.ts';
import { byName } from './answers.ts';
import { hmacSignature, matchesAnySecret } from './hmac.ts';
import { isRecord, listAt, ownProperty, textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { jsonBody, otherEvent, partNamed, readWith } from './record-body.ts';

const prefix = 'hmacsha256=';
const documented = { algorithm: 'sha256', encoding: 'hex', prefix: '', signed: `${prefix}{body}` } as const;
const bare = { ...documented, signed: '{body}' } as const;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const person = /^urn:li:leadGenFormResponse:([\w-]{1,100})$/;

/** The response names questions only by number, so an answer that is an e-mail address as a whole is also called `email`. */
const isEmail = (text: unknown): boolean => typeof text === 'string' && emailAddressOf(text) !== undefined;

const answerOf = (details: unknown): unknown => {
  const text = textAt(details, 'textQuestionAnswer', 'answer');
  return text === '' ? ownProperty(ownProperty(details, 'multipleChoiceAnswer'), 'options') : text;
};

/**
 * LinkedIn lead sync: thin notifications. A person is identified by the number of the response, and DELETED asks for erasure. The
 * documentation contradicts itself on whether the prefix is part of the signed text and of the header, so each combination is accepted.
 */
export const linkedin: Provider = {
  secret: { from: 'sender', use: 'signature' },
  isGenuine: (delivery, secrets) => {
    const given = (delivery.headers['x-li-signature'] ?? '').replace(prefix, '');
    // The handshake returns the HMAC of any UUID to anyone, so without the prefix only an object counts as signed.
    const schemes = delivery.bytes[0] === 0x7b ? [documented, bare] : [documented];
    return schemes.some((scheme) => matchesAnySecret(secrets, [given], (secret) => hmacSignature(secret, scheme, delivery)));
  },
  answerHandshake: ({ challengeCode = '' }, [secret]) => {
    if (secret === undefined || !uuid.test(challengeCode)) return undefined;
    const challengeResponse = createHmac('sha256', secret).update(challengeCode).digest('hex');
    return { contentType: 'application/json', body: JSON.stringify({ challengeCode, challengeResponse }) };
  },
  parts: partNamed(jsonBody, (body) => {
    const response = textAt(body, 'leadGenFormResponse');
    return response === '' ? '' : [response, textAt(body, 'leadAction'), textAt(body, 'occurredAt')].join(' ');
  }),
  read: readWith(jsonBody, (body) => {
    const action = textAt(body, 'leadAction');
    const reference = person.exec(textAt(body, 'leadGenFormResponse'))?.[1];
    if (action !== 'CREATED' && action !== 'DELETED') return otherEvent(action, /^UPDATED$/);
    if (reference === undefined) return { quarantine: 'reference-invalid' };
    return action === 'DELETED' ? { erase: reference } : { fetch: reference };
  }),
  readFetched: (response) => {
    if (ownProperty(response, 'testLead') === true) return { reject: 'test-lead' };
    const form = ownProperty(response, 'formResponse');
    if (!isRecord(form)) return { quarantine: 'document-fields-missing' };
    const answers = listAt(form, 'answers').map((one) => ({
      names: [`question-${textAt(one, 'questionId')}`],
      value: answerOf(ownProperty(one, 'answerDetails')),
    }));
    const consents = listAt(form, 'consentResponses').map((one) => ({
      names: [`consent-${textAt(one, 'consentId')}`],
      value: ownProperty(one, 'accepted'),
    }));
    const email = answers.filter(({ value }) => isEmail(value)).map(({ value }) => ({ names: ['email'], value }));
    return { answers: byName([...answers, ...consents, ...email]) };
  },
};
