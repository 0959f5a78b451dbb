type Content = string | number | boolean | readonly Element[];
export type Element = readonly [name: string, content: Content];

/** An XML document with the namespace of S3. */
export function xmlDocument([name, content]: Element): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="http://s3.amazonaws.com/doc/2006-03-01/">${render(content)}</${name}>`;
}

function render(content: Content): string {
  if (typeof content !== 'object') return escape(String(content));
  return content.map(([name, inner]) => `<${name}>${render(inner)}</${name}>`).join('');
}

// Everything outside printable ASCII as a reference: an XML parser would otherwise change line ends.
const escape = (text: string): string => text.replaceAll(/[&<>"'\r\n\t]/g, (letter) => `&#${letter.charCodeAt(0)};`);

/** The texts of every element of that name; enough for the two small documents that clients send. */
export function elementTexts(xml: string, name: string): readonly string[] {
  return [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map(([, text = '']) => unescape(text));
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescape(text: string): string {
  return text.replaceAll(
    /&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi,
    (whole, hex: string | undefined, decimal: string | undefined, name: string | undefined) => {
      if (name !== undefined) return entities[name] ?? whole;
      return String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16));
    },
  );
}
