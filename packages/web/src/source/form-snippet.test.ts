import { describe, expect, it } from 'vitest';
import { formSnippet, type SnippetSource } from './form-snippet.ts';

const source: SnippetSource = {
  address: 'https://sales.example/webhooks/s1',
  mapping: {},
  redirects: [],
  honeypot: null,
  minimumSeconds: null,
  captcha: false,
};
const labels = { name: 'Name', email: 'E-Mail', message: 'Ihre Frage', send: 'Absenden' };

describe('the form to paste into a page', () => {
  it('posts to the source under names that need no mapping', () => {
    const html = formSnippet(source, labels);
    expect(html).toContain('<form method="post" action="https://sales.example/webhooks/s1">');
    for (const name of ['name', 'email', 'message']) expect(html).toContain(`name="${name}"`);
    expect(html).not.toMatch(/script|hidden/);
  });

  it('uses the names of the mapping where there is one', () => {
    const html = formSnippet({ ...source, mapping: { mail: 'email', 'data.text': 'message' } }, labels);
    expect(html).toContain('name="mail"');
    expect(html).toContain('name="message"');
  });

  it('carries what the settings of the source need', () => {
    const html = formSnippet(
      { ...source, honeypot: 'website', redirects: ['https://a.example/danke?a=1&b=2'], minimumSeconds: 3, captcha: true },
      labels,
    );
    expect(html).toContain('name="website" tabindex="-1"');
    expect(html).toContain('name="_redirect" value="https://a.example/danke?a=1&amp;b=2"');
    expect(html).toContain("fetch('https://sales.example/webhooks/s1/stamp')");
    expect(html).toContain('cf-turnstile');
  });
});
