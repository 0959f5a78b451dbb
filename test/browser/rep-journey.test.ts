import { opportunityView, type OpportunityView } from '@meilenstein/contracts';
import { apiClient, type ApiClient } from '@meilenstein/demo/client/api-client';
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod';
import { pressByKeyboard, tabTo, typeByKeyboard } from './keyboard.ts';
import { sharedPageCompany, type PageCompany } from './page-company.ts';
import { hasChromium, launchChromium, signIn, type SignedInPage } from './signed-in-page.ts';

/** So long a command can be taken back, and a bit; the clock of the page is moved, nobody waits. */
const holdMillis = 7000;

const sheet = (page: Page): Locator => page.getByRole('dialog');
const toasts = (page: Page): Locator => page.getByRole('region', { name: 'Änderungen' });
const notice = (page: Page): Locator => toasts(page).getByRole('group');
/** The hold is over; a pointer over the notice would prolong it. */
const later = async (page: Page): Promise<void> => {
  await page.mouse.move(5, 5);
  await page.clock.fastForward(holdMillis);
};
const euros = (amount: string) => ({ amount, currency: 'EUR' });

/** The commands on opportunities that a tab sends from now on. */
const sentBy = (page: Page): string[] => {
  const sent: string[] = [];
  page.on('request', (request) => {
    const { pathname } = new URL(request.url());
    if (request.method() === 'POST' && pathname.startsWith('/opportunities/')) sent.push(pathname);
  });
  return sent;
};

describe.skipIf(!hasChromium())('a rep with the page alone', () => {
  let company: PageCompany;
  let browser: Browser;
  let operations: ApiClient;
  let tab: SignedInPage;
  let opened = 0;

  const signInAsRep = async (): Promise<SignedInPage> => {
    const signedIn = await signIn(browser, company.cloud, company.personaOf('rep'));
    await signedIn.page.clock.install();
    return signedIn;
  };

  beforeAll(async () => {
    company = await sharedPageCompany();
    browser = await launchChromium();
    operations = await apiClient(company.cloud, 'operations', 'login-operations');
    tab = await signInAsRep();
  }, 240_000);

  afterAll(async () => {
    await browser.close();
  });

  const isNow = async (id: string, holds: (now: OpportunityView) => boolean): Promise<OpportunityView> => {
    let now = await operations.get(opportunityView, `/opportunities/${id}`);
    await expect
      .poll(async () => holds((now = await operations.get(opportunityView, `/opportunities/${id}`))), { timeout: 20_000, interval: 50 })
      .toBe(true);
    return now;
  };
  const open = async (amount = '20000.00'): Promise<OpportunityView> => {
    opened += 1;
    return operations.send(opportunityView, 'POST', '/opportunities', {
      body: { processId: 'machines', account: { name: `Werk ${opened} GmbH` }, owner: 'rep-nord-1', amount: euros(amount) },
    });
  };
  /** Somebody else acts meanwhile. */
  const meanwhile = async (id: string, command: string, body: unknown): Promise<void> => {
    const { etag = '' } = await operations.ask('GET', `/opportunities/${id}`);
    await operations.send(z.unknown(), 'POST', `/opportunities/${id}/${command}`, { body, ifMatch: etag });
  };
  const amend = async (one: OpportunityView, amount: string): Promise<void> => {
    await tab.open(`/opportunities/${one.opportunityId}`);
    await tab.page.getByRole('button', { name: 'Betrag ändern' }).click();
    await sheet(tab.page).getByLabel('Betrag').fill(amount);
    await sheet(tab.page).getByRole('button', { name: 'Ändern' }).click();
  };

  it('records a milestone with evidence in three clicks', async () => {
    const { page } = tab;
    const one = await open();
    await tab.open(`/opportunities/${one.opportunityId}`);
    await page.getByRole('button', { name: /^Kunde hat:/ }).click();
    await sheet(page).getByRole('radio', { name: 'Telefonat' }).click();
    await sheet(page).getByRole('button', { name: 'Festhalten' }).click();
    await notice(page).getByText('Bedarf genannt').waitFor();
    await later(page);
    const { milestones } = await isNow(one.opportunityId, (now) => now.milestones.length === 1);
    expect(milestones).toMatchObject([{ milestoneId: 'need-named', act: 'said', channel: 'call', partyRole: 'decision-maker' }]);
  }, 60_000);

  it('records by keyboard alone: M, paste, Ctrl Enter', async () => {
    const { page, context } = tab;
    const one = await open();
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    await tab.open(`/opportunities/${one.opportunityId}`);
    await page.getByRole('heading', { level: 1, name: /Werk/ }).waitFor();
    await page.keyboard.press('m');
    await sheet(page).getByLabel('Worte des Kunden').waitFor();
    await page.evaluate(() => navigator.clipboard.writeText('Wir brauchen bis Mai zwei Anlagen.'));
    await page.keyboard.press('Control+v');
    await page.keyboard.press('Control+Enter');
    await notice(page).getByText('Bedarf genannt').waitFor();
    await later(page);
    const { milestones } = await isNow(one.opportunityId, (now) => now.milestones.length === 1);
    expect(milestones).toMatchObject([{ act: 'wrote', channel: 'email', quote: 'Wir brauchen bis Mai zwei Anlagen.' }]);
  }, 60_000);

  it('is asked how the customer did it, where that is not known, and keeps what was typed', async () => {
    const { page } = tab;
    const one = await open();
    await tab.open(`/opportunities/${one.opportunityId}`);
    await page.getByRole('button', { name: /^Kunde hat:/ }).click();
    await page.keyboard.type('Das passt.');
    await page.keyboard.press('Control+Enter');
    await sheet(page).getByRole('alert').getByText('Wählen Sie, wie der Kunde').waitFor();
    expect(await sheet(page).getByLabel('Worte des Kunden').inputValue()).toBe('Das passt.');
    await page.keyboard.press('Escape');
  }, 60_000);

  it('takes back what is held, and nothing was sent; three changes are taken back one by one', async () => {
    const { page } = tab;
    const sent = sentBy(page);
    const [first, second, third] = [await open(), await open(), await open()];
    await amend(first, '21000');
    await notice(page).getByText('geändert').waitFor();
    // Within the page, so that nothing is left and sent.
    for (const one of [second, third]) {
      await page.keyboard.press('Escape');
      await page.getByRole('link', { name: 'Chancen', exact: true }).first().click();
      await page.getByRole('link', { name: one.account.name ?? '', exact: true }).click();
      await page.getByRole('button', { name: 'Betrag ändern' }).click();
      await sheet(page).getByLabel('Betrag').fill('22000');
      await sheet(page).getByRole('button', { name: 'Ändern' }).click();
    }
    await expect.poll(() => notice(page).count()).toBe(3);
    await notice(page)
      .nth(1)
      .getByRole('button', { name: /Rückgängig/ })
      .click();
    await expect.poll(() => notice(page).count()).toBe(2);
    await page.keyboard.press('Control+z');
    await expect.poll(() => notice(page).count()).toBe(1);
    expect(sent).toEqual([]);
    await later(page);
    await isNow(first.opportunityId, (now) => now.amount?.amount === '21000.00');
    expect(sent).toEqual([`/opportunities/${first.opportunityId}/amend`]);
  }, 90_000);

  it('sends what is held exactly once when the tab is closed', async () => {
    const one = await open();
    const other = await signInAsRep();
    const sent = sentBy(other.page);
    await other.open(`/opportunities/${one.opportunityId}`);
    await other.page.getByRole('button', { name: 'Betrag ändern' }).click();
    await sheet(other.page).getByLabel('Betrag').fill('23000');
    await sheet(other.page).getByRole('button', { name: 'Ändern' }).click();
    await notice(other.page).getByText('geändert').waitFor();
    await other.page.close({ runBeforeUnload: false });
    await isNow(one.opportunityId, (now) => now.amount?.amount === '23000.00');
    expect(sent.length).toBeLessThanOrEqual(1);
    await other.close();
  }, 60_000);

  it('decides once where somebody else was faster, and not at all where both meant the same', async () => {
    const { page } = tab;
    const [different, same] = [await open(), await open()];
    await amend(different, '25000');
    await meanwhile(different.opportunityId, 'amend', { amount: euros('30000.00') });
    await later(page);
    await sheet(page).getByRole('heading', { name: 'Jemand war schneller' }).waitFor();
    const amounts = sheet(page).getByRole('row', { name: /Betrag/ });
    await amounts.getByText(/30.?000/).waitFor();
    expect(await amounts.innerText()).toMatch(/30.?000[\s\S]*25.?000/);
    await sheet(page).getByRole('button', { name: 'Meine Änderung trotzdem senden' }).click();
    await later(page);
    await isNow(different.opportunityId, (now) => now.amount?.amount === '25000.00');

    await amend(same, '26000');
    await meanwhile(same.opportunityId, 'amend', { amount: euros('26000.00') });
    await later(page);
    await page.getByText('Das hat schon jemand getan').waitFor();
    expect(await sheet(page).count()).toBe(0);
  }, 90_000);

  it('sees at once what it did, and no poll brings the old value back while the answer is on its way', async () => {
    const { page } = tab;
    const one = await open();
    await amend(one, '27000');
    const answered = Promise.withResolvers<void>();
    await page.route('**/amend', async (route) => {
      const answer = await route.fetch();
      await answered.promise;
      await route.fulfill({ response: answer });
    });
    const shown = page.getByText(/27\.000/).first();
    await later(page);
    for (let seconds = 0; seconds < 30; seconds += 5) {
      expect(await shown.isVisible()).toBe(true);
      await page.clock.fastForward(5000);
    }
    await isNow(one.opportunityId, (now) => now.amount?.amount === '27000.00');
    answered.resolve();
    await page.unrouteAll({ behavior: 'wait' });
    expect(await shown.isVisible()).toBe(true);
  }, 60_000);

  it('is asked again where an order is ten times as large as usual, and confirms it', async () => {
    const { page } = tab;
    const one = await open();
    await tab.open(`/opportunities/${one.opportunityId}?record=ordered`);
    await sheet(page).getByRole('radio', { name: 'Vertrag' }).click();
    await sheet(page).getByLabel('Auftragswert').fill('99999999');
    await sheet(page).getByRole('button', { name: 'Festhalten' }).click();
    await later(page);
    await toasts(page).getByRole('alert').getByRole('button', { name: 'Der Betrag stimmt' }).click();
    await later(page);
    const { order } = await isNow(one.opportunityId, (now) => now.status === 'won');
    expect(order?.amount).toEqual(euros('99999999.00'));
  }, 60_000);

  it('reads in German why a command is refused, and has lost nothing that was typed', async () => {
    const { page } = tab;
    const one = await open();
    await tab.open(`/opportunities/${one.opportunityId}`);
    await page.getByRole('button', { name: /^Kunde hat:/ }).click();
    await page.keyboard.type('Wir haben gesprochen.');
    await sheet(page).getByRole('radio', { name: 'Telefonat' }).click();
    await sheet(page).getByRole('button', { name: 'Festhalten' }).click();
    await meanwhile(one.opportunityId, 'lose', { reason: 'price' });
    await later(page);
    await page.getByRole('dialog').or(toasts(page).getByRole('alert')).first().waitFor();
    const words = await page.locator('body').innerText();
    expect(words).toMatch(/Jemand war schneller|geschlossen|nicht mehr offen/);
    expect(words).not.toMatch(/opportunity-is-closed|is not open/);
  }, 60_000);

  it('corrects what was recorded, withdraws it, and records a customer who reached no milestone', async () => {
    const { page } = tab;
    const one = await open();
    const path = `/opportunities/${one.opportunityId}`;
    const said = { act: 'said', by: { party: 'customer', role: 'buyer' }, occurredAt: new Date().toISOString(), channel: 'call' };
    await meanwhile(one.opportunityId, 'milestones', { milestoneId: 'need-named', evidence: said });
    await tab.open(path);
    await page.getByRole('button', { name: 'Berichtigen: Bedarf genannt' }).click();
    await sheet(page).getByRole('radio', { name: 'geschrieben' }).click();
    await sheet(page).getByRole('radio', { name: 'E-Mail' }).click();
    await sheet(page).getByRole('radio', { name: 'Missverstanden' }).click();
    await sheet(page).getByRole('button', { name: 'Berichtigen' }).click();
    await notice(page).getByText('berichtigt').waitFor();
    await later(page);
    const { milestones } = await isNow(one.opportunityId, (now) => now.milestones[0]?.correctedAt !== null);
    expect(milestones).toMatchObject([{ act: 'wrote', channel: 'email', partyRole: 'buyer' }]);

    await tab.open(path);
    await page.getByRole('button', { name: 'Zurücknehmen: Bedarf genannt' }).click();
    await sheet(page).getByRole('radio', { name: 'Falsche Chance' }).click();
    await sheet(page).getByRole('button', { name: 'Zurücknehmen' }).click();
    await later(page);
    await isNow(one.opportunityId, (now) => now.milestones.length === 0);

    await tab.open(path);
    await page.getByRole('button', { name: 'Kunde hat sich gemeldet' }).click();
    await sheet(page).getByRole('radio', { name: 'Vertagt' }).click();
    await sheet(page).getByRole('radio', { name: 'Telefonat' }).click();
    await sheet(page).getByRole('button', { name: 'Festhalten' }).click();
    await later(page);
    const { nextMilestoneId } = await isNow(one.opportunityId, (now) => now.responses.length === 1);
    expect(nextMilestoneId).toBe('need-named');
  }, 90_000);

  it('corrects an order by keyboard alone; a manager cancels a part and the rest, and the rep opens the opportunity again', async () => {
    const { page } = tab;
    const one = await open();
    const path = `/opportunities/${one.opportunityId}`;
    const wrote = { act: 'wrote', by: { party: 'customer', role: 'buyer' }, occurredAt: new Date().toISOString(), channel: 'contract' };
    await meanwhile(one.opportunityId, 'milestones', { milestoneId: 'ordered', evidence: wrote, amount: euros('20000.00') });
    await tab.open(path);
    await page.getByRole('button', { name: 'Betrag oder Tag berichtigen' }).waitFor();
    await page.keyboard.press('e');
    await sheet(page).getByLabel('Auftragswert').waitFor();
    await typeByKeyboard(page, 'Auftragswert', '18000');
    await pressByKeyboard(page, 'Falsch erfasst', 'Space');
    await tabTo(page, 'Berichtigen');
    await page.keyboard.press('Enter');
    await later(page);
    await isNow(one.opportunityId, (now) => now.order?.amount.amount === '18000.00');

    const manager = await signIn(browser, company.cloud, company.personaOf('manager'));
    await manager.page.clock.install();
    await manager.open(path);
    await manager.page.getByRole('button', { name: 'Stornieren' }).click();
    await sheet(manager.page).getByRole('radio', { name: 'Einen Teil' }).click();
    await sheet(manager.page).getByLabel('Stornierter Teil').fill('3000');
    await sheet(manager.page).getByRole('radio', { name: 'Nicht bezahlt' }).click();
    await sheet(manager.page).getByRole('button', { name: 'Stornieren' }).click();
    await later(manager.page);
    const { status } = await isNow(one.opportunityId, (now) => now.order?.amount.amount === '15000.00');
    expect(status).toBe('won');
    await manager.close();
    await meanwhile(one.opportunityId, 'cancel', { reason: 'customer-withdrew' });

    await tab.open(path);
    await page.getByRole('button', { name: 'Wieder öffnen' }).click();
    await sheet(page).getByRole('radio', { name: 'Kunde kam zurück' }).click();
    await sheet(page).getByRole('button', { name: 'Wieder öffnen' }).click();
    await later(page);
    const { earlierOrders } = await isNow(one.opportunityId, (now) => now.status === 'open');
    expect(earlierOrders).toMatchObject([{ amount: euros('15000.00') }]);
  }, 120_000);

  it('has met no error, no refusal of the content security policy and no forbidden call on the way', () => {
    expect(tab.problems).toEqual([]);
  });
});
