import type { Language } from '@meilenstein/kernel';

const spoken: readonly Language[] = ['de', 'en'];

/**
 * The language of the page.
 *
 * @param chosen what the person chose on this device
 * @param browser the languages of the browser, the preferred one first, such as `en-GB`
 * @param company what the deployment says, for whoever reads neither German nor English
 */
export const languageFor = (chosen: Language | undefined, browser: readonly string[], company: Language): Language =>
  chosen ?? browser.flatMap((tag) => spoken.find((one) => tag.toLowerCase().split('-')[0] === one) ?? [])[0] ?? company;
