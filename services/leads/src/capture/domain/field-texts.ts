import { readingsOf, withoutQuotedPrintable } from './spellings.ts';

/** A form in JSON in a form is the deepest that senders deliver. */
const maxDepth = 3;

const percentDecoded = (text: string): string =>
  text.replace(/(?:%[0-9a-f]{2})+/gi, (escapes) => {
    try {
      return decodeURIComponent(escapes);
    } catch {
      return escapes;
    }
  });

const unescaped = (text: string): string =>
  text
    .replace(/\\u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\([nrt])/g, '\n')
    .replace(/\\(["\\/])/g, '$1');

const isForm = (text: string): boolean => /^[^\s{}"<>=]+=[^\s{}"<>]*$/.test(text);
const isJson = (text: string): boolean => /^[[{"]/.test(text);

const formTexts = (text: string): readonly string[] =>
  text.split('&').flatMap((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [name, value.join('=')].map((part) => percentDecoded(part.replaceAll('+', ' ')));
  });

/** The strings of a JSON text and what is between them, also where the text is cut off. */
const jsonTexts = (text: string): readonly string[] => {
  const [strings, others] = [text.match(/"(?:[^"\\]|\\.)*"?/gs) ?? [], text.replace(/"(?:[^"\\]|\\.)*"?/gs, '\n')];
  return [...strings.map((literal) => unescaped(literal.replace(/^"|"$/g, ''))), ...others.split(/[\s,:[\]{}]+/)];
};

/**
 * The values in a body, each by itself, so that nothing is read across two of them: of a form, of JSON, or of any other text. It needs no
 * valid body, because it also reads those that could not be understood.
 */
export const fieldTextsOf = (body: string, depth = 0): readonly string[] => {
  const text = body.trim();
  if (text === '') return [];
  if (depth < maxDepth && isForm(text)) {
    // A single line of quoted-printable looks like a form with one field.
    const asText = text.includes('&') ? [] : [withoutQuotedPrintable(text)];
    return [...formTexts(text).flatMap((value) => fieldTextsOf(value, depth + 1)), ...asText];
  }
  if (depth < maxDepth && isJson(text)) return jsonTexts(text).flatMap((value) => fieldTextsOf(value, depth + 1));
  return readingsOf(text);
};
