import type { Page } from 'playwright-core';

/** What has the focus, by what a screen reader would say of it. */
const focusedName = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement: at } = document;
    if (!(at instanceof HTMLElement) || at === document.body) return '';
    const labels =
      at instanceof HTMLInputElement || at instanceof HTMLSelectElement || at instanceof HTMLTextAreaElement ? at.labels : null;
    const named = [...(at.getAttribute('aria-labelledby')?.split(' ') ?? [])].map((id) => document.getElementById(id)?.textContent ?? '');
    // Of a dialog, everything that is in it would be its text.
    const own = /^(?:A|BUTTON)$/.test(at.tagName) ? at.textContent : '';
    return [at.getAttribute('aria-label'), ...[...(labels ?? [])].map((label) => label.textContent), ...named, own].join(' | ');
  });

/** Goes on by the tab key until something of that name has the focus; throws where nothing of that name can be reached. */
export const tabTo = async (page: Page, name: string): Promise<void> => {
  for (let step = 0; step < 80; step += 1) {
    if ((await focusedName(page)).includes(name)) return;
    await page.keyboard.press('Tab');
  }
  throw new Error(`“${name}” cannot be reached by the keyboard`);
};

/** Presses a button, follows a link or ticks a box without a mouse. */
export const pressByKeyboard = async (page: Page, name: string, key: 'Enter' | 'Space' = 'Enter'): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.press(key);
};

/** Types into a field that was reached by the tab key. */
export const typeByKeyboard = async (page: Page, name: string, text: string): Promise<void> => {
  await tabTo(page, name);
  await page.keyboard.press('Control+A');
  await page.keyboard.type(text);
};
