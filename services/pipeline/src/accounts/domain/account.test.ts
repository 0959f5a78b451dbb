import { stampFact, type AccountFact } from '@meilenstein/contracts';
import { accountId, opportunityId, repId, toInstant, type Decision } from '@meilenstein/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amendAccount, openByHand } from './amend-account.ts';
import { evolveAccount, formerNamesOf, noAccount, partsOf, type Account } from './account.ts';
import { checkFieldValues, publishAccountFields, shownValues } from './account-fields.ts';
import { absorbAccount, becomeAbsorbed, restoreAccount, undoAccountMerge } from './merge-accounts.ts';
import { openAccount, type OpenedOpportunity } from './open-account.ts';

const now = toInstant('2026-03-02T09:00:00Z');
const noFields = { published: {}, texts: {} };
const free = { nameHolder: undefined };

const apply = (account: Account, decision: Decision<AccountFact, unknown>): Account =>
  'refused' in decision ? account : decision.events.reduce((state, fact) => evolveAccount(state, stampFact(fact, now)), account);

const opened = (n: number, about: Partial<OpenedOpportunity> = {}): OpenedOpportunity => ({
  opportunityId: opportunityId.parse(`o-${n}`),
  openedAt: toInstant(`2026-01-${String(10 + n)}T08:00:00Z`),
  account: { id: accountId.parse('acme'), name: `Acme ${n}` },
  leadId: null,
  repId: repId.parse(`rep-${n}`),
  ...about,
});

const company = (id: string, name: string): Account =>
  apply(noAccount, openByHand(noAccount, accountId.parse(id), { name, fields: noFields }, free));
const [acme, byron, cray] = [company('acme', 'Acme'), company('byron', 'Byron Mills'), company('cray', 'Cray')] as const;

describe('an account that opens with an opportunity', () => {
  it('has the name and the owner of the earliest one, in whichever order they become known', () => {
    const facts = [1, 2, 3, 4].map((n) => opened(n));
    fc.assert(
      fc.property(fc.shuffledSubarray([...facts, ...facts], { minLength: 8, maxLength: 8 }), (order) => {
        const account = order.reduce<Account>((state, one) => apply(state, openAccount(state, one)), noAccount);
        expect(account).toMatchObject({ facts: { name: 'Acme 1', owner: 'rep-1' }, openedAt: '2026-01-11T08:00:00.000Z', formerNames: [] });
      }),
    );
  });

  it('keeps what somebody has changed when an earlier opportunity becomes known', () => {
    const first = apply(noAccount, openAccount(noAccount, opened(3)));
    const renamed = apply(first, amendAccount(first, { name: 'Acme AG', fields: noFields }, free));
    expect(apply(renamed, openAccount(renamed, opened(1)))).toMatchObject({ facts: { name: 'Acme AG', owner: 'rep-1' } });
  });

  it('that was opened by hand before stays as it is', () => {
    expect(openAccount(acme, opened(1))).toEqual({ events: [] });
  });

  it('has no name where the customer is a natural person, and gets none', () => {
    const account = { id: accountId.parse('somebody'), name: null };
    const person = apply(noAccount, openAccount(noAccount, opened(1, { account })));
    for (const facts of [{ name: 'Ada Byron' }, { domain: 'ada-byron.example' }])
      expect(amendAccount(person, { ...facts, fields: noFields }, free)).toMatchObject({ refused: { code: 'account-private' } });
    expect(absorbAccount(acme, person)).toMatchObject({ refused: { code: 'account-private' } });
  });
});

describe('a change of an account', () => {
  it('keeps the former name, and forgets it when the account is called so again', () => {
    const renamed = apply(acme, amendAccount(acme, { name: 'Apex', fields: noFields }, free));
    expect(renamed).toMatchObject({ facts: { name: 'Apex' }, formerNames: ['Acme'] });
    expect(apply(renamed, amendAccount(renamed, { name: 'Acme', fields: noFields }, { nameHolder: 'acme' }))).toMatchObject({
      facts: { name: 'Acme' },
      formerNames: ['Apex'],
    });
  });

  it('that changes nothing is no event', () => {
    expect(amendAccount(acme, { channel: 'direct', team: [], fields: noFields }, free)).toEqual({ events: [] });
  });

  it('cannot take the name of another account', () => {
    expect(amendAccount(acme, { name: 'Byron Mills', fields: noFields }, { nameHolder: 'byron' })).toMatchObject({
      refused: { code: 'account-exists', value: 'byron' },
    });
  });

  it('publishes no text of a field', () => {
    const decision = amendAccount(acme, { fields: { published: { machines: 12 }, texts: { notes: 'Ask for Ada' } } }, free);
    const [fact] = 'events' in decision ? decision.events : [];
    expect(JSON.stringify(fact?.data)).not.toContain('Ada');
    expect(apply(acme, decision)).toMatchObject({ facts: { fields: { machines: 12 } }, texts: { notes: 'Ask for Ada' } });
  });
});

describe('a merge of accounts', () => {
  const merge = (a: Account, b: Account): [Account, Account] => [apply(a, absorbAccount(a, b)), apply(b, becomeAbsorbed(b, a))];

  it('is gone without a trace once it is undone', () => {
    const names = fc.constantFrom('Acme', 'Apex', 'Byron Mills');
    fc.assert(
      fc.property(fc.array(names, { maxLength: 5 }), fc.boolean(), (renames, nested) => {
        const renamed = renames.reduce<Account>(
          (state, name) => apply(state, amendAccount(state, { name, fields: noFields }, { nameHolder: 'acme' })),
          acme,
        );
        const [other] = nested ? merge(byron, cray) : [byron];
        const [remaining, absorbed] = merge(renamed, other);
        expect([
          apply(remaining, undoAccountMerge(remaining, accountId.parse('byron'))),
          apply(absorbed, restoreAccount(absorbed, accountId.parse('acme'))),
        ]).toEqual([renamed, other]);
      }),
    );
  });

  it('takes over what the other account had taken over', () => {
    const [withCray] = merge(byron, cray);
    const [remaining] = merge(acme, withCray);
    expect(remaining.status === 'none' ? [] : partsOf(remaining)).toEqual(['acme', 'byron', 'cray']);
    expect(remaining.status === 'none' ? [] : formerNamesOf(remaining)).toEqual(['Byron Mills']);
  });

  it('is refused with itself, and of an account that was merged already', () => {
    const [, absorbed] = merge(acme, byron);
    expect(absorbAccount(acme, acme)).toMatchObject({ refused: { code: 'same-account' } });
    expect(absorbAccount(cray, absorbed)).toMatchObject({ refused: { code: 'account-merged' } });
    expect(undoAccountMerge(acme, accountId.parse('cray'))).toMatchObject({ refused: { code: 'account-not-merged' } });
  });
});

describe('the fields that a company adds', () => {
  const name = { de: 'Feld', en: 'Field' };
  const fields = [
    { id: 'machines', name, type: 'number' },
    { id: 'notes', name, type: 'text' },
    { id: 'since', name, type: 'day' },
    { id: 'audited', name, type: 'yes-no' },
    { id: 'tier', name, type: 'choice', choices: [{ id: 'gold', name }] },
  ] as const;
  const own = fields.map((field) => (field.type === 'choice' ? { ...field, choices: [...field.choices] } : field));

  it('take values of their type, and keep texts apart', () => {
    expect(checkFieldValues(own, { machines: 3, notes: 'x', since: '2020-01-31', audited: true, tier: 'gold' })).toEqual({
      published: { machines: 3, since: '2020-01-31', audited: true, tier: 'gold' },
      texts: { notes: 'x' },
    });
  });

  it.each([
    [{ machines: 'three' }, 'account-field-value-not-accepted'],
    [{ since: '2020-02-31' }, 'account-field-value-not-accepted'],
    [{ tier: 'silver' }, 'account-field-value-not-accepted'],
    [{ audited: 1 }, 'account-field-value-not-accepted'],
    [{ other: 1 }, 'account-field-not-found'],
  ])('refuse %j', (values, code) => {
    expect(checkFieldValues(own, values)).toMatchObject({ refused: { code } });
  });

  it('are shown only while the company has them', () => {
    expect(shownValues(own.slice(0, 1), { machines: 3, tier: 'gold' }, { notes: 'x' })).toEqual({ machines: 3 });
  });

  it('keep their type and have different ids', () => {
    const current = { version: 1, fields: own };
    const number = { id: 'notes', name, type: 'number' } as const;
    expect(publishAccountFields(current, [number])).toMatchObject({ refused: { code: 'account-field-type-fixed' } });
    expect(publishAccountFields(current, [...own, ...own])).toMatchObject({ refused: { code: 'duplicate-account-field' } });
    expect(publishAccountFields(current, own)).toEqual({ events: [] });
  });
});
