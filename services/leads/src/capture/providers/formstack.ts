import { withParts } from './answers.ts';
import { anyBody } from './form-body.ts';
import { signedBy } from './hmac.ts';
import { textAt } from './json-body.ts';
import type { Provider } from './provider.ts';
import { partNamed, readWith } from './record-body.ts';

const subfield = /^([\w ]{1,60}) = (.*)$/;

/** In a form's body the parts of a field are lines, `first = Ada`; in JSON they are an object. */
const inParts = (value: unknown): unknown => {
  if (typeof value !== 'string') return value;
  const lines = value.split('\n').map((line) => subfield.exec(line));
  return lines.every((line) => line !== null) ? Object.fromEntries(lines.map(([, name, text]) => [name, text])) : value;
};

/** Formstack: hex HMAC of the raw body, JSON or a form. A field is named by its label, id or key, as configured there. */
export const formstack: Provider = {
  secret: { from: 'us', use: 'signature' },
  isGenuine: signedBy({ header: 'x-fs-signature', prefix: 'sha256=' }),
  parts: partNamed(anyBody, (body) => (textAt(body, 'UniqueID') === '' ? '' : `${textAt(body, 'FormID')} ${textAt(body, 'UniqueID')}`)),
  read: readWith(anyBody, (body) => ({
    answers: withParts(Object.fromEntries(Object.entries(body).map(([name, value]) => [name, inParts(value)]))),
  })),
};
