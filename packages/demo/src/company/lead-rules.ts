const businessMail = { field: 'email.business', test: 'equals', value: true } as const;
const namesCompany = { field: 'company', test: 'present' } as const;
const german = { field: 'country', test: 'equals', value: 'DE' } as const;
const ofSize = (from: number, to: number) => ({ field: 'employees', test: 'between', from, to }) as const;

/** Points for fit, and for each form that was sent; the latter halve within a month. */
export const points = {
  fit: [
    { id: 'business-address', when: businessMail, points: 20 },
    { id: 'names-company', when: namesCompany, points: 15 },
    { id: 'has-phone', when: { field: 'phone', test: 'present' }, points: 10 },
    { id: 'from-germany', when: german, points: 10 },
    { id: 'fifty-employees', when: { field: 'employees', test: 'at-least', value: 50 }, points: 25 },
  ],
  engagement: [{ id: 'forms-sent', when: { field: 'kind', test: 'equals', value: 'form' }, points: 10, halfLifeDays: 30, atMost: 20 }],
};

/** A lead of a company is an MQL. It becomes an SQL if it also comes back or names a need, and the company is large enough. */
export const criteria = {
  mql: { all: [businessMail, namesCompany] },
  sql: {
    intent: {
      any: [
        { field: 'bant.need', test: 'present' },
        { field: 'touches', test: 'at-least', value: 2 },
      ],
    },
    fit: { all: [german, { field: 'employees', test: 'at-least', value: 50 }] },
  },
  categories: [
    {
      id: 'price-problem',
      title: 'Hat ein Problem mit dem Preis',
      when: {
        any: [
          { field: 'message', test: 'contains', value: 'price' },
          { field: 'message', test: 'contains', value: 'Preis' },
        ],
      },
    },
  ],
};

export const segments = [
  { segmentId: 'small', name: 'Kleine Unternehmen', kind: 'firmographic', when: ofSize(1, 49) },
  { segmentId: 'midsize', name: 'Mittlere Unternehmen', kind: 'firmographic', when: ofSize(50, 499) },
  { segmentId: 'enterprise', name: 'Große Unternehmen', kind: 'firmographic', when: { field: 'employees', test: 'at-least', value: 500 } },
  { segmentId: 'germany', name: 'Deutschland', kind: 'geographic', when: german },
];
