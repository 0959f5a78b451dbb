import { foldCase } from '@meilenstein/kernel';
import { withoutInvisible } from './visible-text.ts';

/** An e-mail address as a person reads it, as mail is sent to it, and as it identifies a person. */
export type EmailAddress = { readonly written: string; readonly mailTo: string; readonly key: string };

/** Longer texts are no address, whatever is wrapped around it. */
const maxText = 2000;
const maxLocalBytes = 64;
const maxDomain = 253;

/** Domains in which no mail of the internet arrives. */
const unreachable = new Set(['invalid', 'localhost', 'localdomain', 'local', 'internal', 'onion', 'arpa']);

/** Keyboards of East Asia write the same signs wider. */
const narrow = (text: string): string =>
  text.replace(/[\uff01-\uff5e]/g, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0)).replace(/[\u3002\uff61]/g, '.');

const percentDecoded = (text: string): string => {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
};

const opening = /^[\s<>("'`[{«»„“”‚‘’‹›,;:]+/u;
const closing = /[\s<>)"'`\]}«»„“”‚‘’‹›.,;:!?…]+$/u;

/** One layer less of what people and programs put around an address: `mailto:`, a name before `<…>`, a remark behind it, quotes, a full stop. */
const unwrapped = (text: string): string => {
  const scheme = /^(?:mailto|e-?mail|mail)\s*:/iu.exec(text)?.[0];
  if (scheme !== undefined) return percentDecoded(text.slice(scheme.length).replace(/\?.*$/su, ''));
  const inBrackets = /^[^@]*<([^<>@]*@[^<>@]*)(?:>[^@]*)?$/su.exec(text)?.[1];
  if (inBrackets !== undefined) return inBrackets;
  return text
    .replace(/\s*\([^()@]*\)?\s*$/u, '')
    .replace(opening, '')
    .replace(closing, '');
};

const addressIn = (text: string): string => {
  let current = text;
  for (let layers = 0; layers < 8; layers += 1) {
    const inner = unwrapped(current).trim();
    if (inner === current) return current;
    current = inner;
  }
  return current;
};

// Every letter, digit and sign that may stand between the dots; beyond ASCII, whatever is no space and no control character.
const localPart =
  /^(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]|[^\p{ASCII}\p{Z}\p{C}\ufffd])+(?:\.(?:[a-z0-9!#$%&'*+/=?^_`{|}~-]|[^\p{ASCII}\p{Z}\p{C}\ufffd])+)*$/iu;
const domainText = /^[\p{L}\p{N}\p{M}.\u00b7-]+$/u;
const label = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const topLevel = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{2,59})$/;

/** A domain in ASCII, as the internet knows it (`xn--…`); undefined if there can be none of that name. */
const asciiDomain = (domain: string): string | undefined => {
  if (!domainText.test(domain)) return undefined;
  const name = /^[\p{ASCII}]*$/u.test(domain) ? domain.toLowerCase() : URL.parse(`http://${domain}/`)?.hostname;
  const labels = name?.split('.') ?? [];
  const last = labels.at(-1) ?? '';
  if (name === undefined || name.length > maxDomain || labels.length < 2 || !labels.every((one) => label.test(one))) return undefined;
  return topLevel.test(last) && !unreachable.has(last) ? name : undefined;
};

/** Quotes around the whole part before the `@`, of which one may have been taken for a quote around the address. */
const plainLocal = (local: string): string => /^"?(.*?)"?$/su.exec(local)?.[1] ?? local;

/**
 * The address in a text; undefined if nothing in it can be mailed to. Two spellings of one address have the same key: composed or not, in
 * capitals, with characters that nobody sees, wrapped, with the domain in its own script or in ASCII.
 */
export const emailAddressOf = (typed: string): EmailAddress | undefined => {
  if (typed.length > maxText) return undefined;
  const text = addressIn(narrow(withoutInvisible(typed)).trim());
  const [local = '', domain = '', ...more] = text.split('@');
  const [name, host] = [plainLocal(local), asciiDomain(domain)];
  if (more.length > 0 || host === undefined || !localPart.test(name) || new TextEncoder().encode(name).length > maxLocalBytes)
    return undefined;
  return { written: `${name}@${domain}`, mailTo: `${name}@${host}`, key: `${foldCase(name)}@${host}` };
};
