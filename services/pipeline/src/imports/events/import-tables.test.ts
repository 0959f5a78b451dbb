import { opportunityTable } from '@meilenstein/contracts';
import { spreadsheetOf } from '@meilenstein/runtime/testing/spreadsheet';
import { describe, expect, it } from 'vitest';
import { pipelineInMemory } from '../../testing/pipeline-in-memory.ts';

const table = (format: 'csv' | 'xlsx') =>
  opportunityTable.parse({
    format,
    timeZone: 'UTC',
    columns: [
      { column: 'Art', field: 'kind', values: { Chance: 'opportunity', Auftrag: 'order' } },
      { column: 'Vorgang', field: 'externalId' },
      { column: 'Datum', field: 'occurredAt' },
      { column: 'Prozess', field: 'processId' },
      { column: 'Kunde', field: 'account.externalId' },
      { column: 'Verkäufer', field: 'owner' },
      { column: 'Wert', field: 'amount.amount' },
      { column: 'Chance', field: 'opportunity.externalId' },
      { column: 'Weg', field: 'channel' },
    ],
    fixed: [{ field: 'amount.currency', value: 'EUR' }],
  });

const head = ['Art', 'Vorgang', 'Datum', 'Prozess', 'Kunde', 'Verkäufer', 'Wert', 'Chance', 'Weg'];
const csv = Buffer.from(
  [
    head.join(';'),
    'Chance;o1;01.02.2026 10:00;machines;a1;ann;1.234,50;;',
    'Chance;o2;02.02.2026;machines;a2;ann;;;',
    'Auftrag;w1;20.02.2026 12:00;;;;1.200,00;o1;contract',
  ].join('\n'),
);
// a spreadsheet counts days from the end of 1899
const xlsx = spreadsheetOf([
  head,
  ['Chance', 'o1', 46_054 + 10 / 24, 'machines', 'a1', 'ann', 1234.5, '', ''],
  ['Chance', 'o2', 46_055, 'machines', 'a2', 'ann', '', '', ''],
  ['Auftrag', 'w1', 46_073.5, '', '', '', 1200, 'o1', 'contract'],
]);
const account = (externalId: string) => ({ externalId, name: null });
const rows = [
  {
    kind: 'opportunity',
    externalId: 'o1',
    occurredAt: '2026-02-01T10:00:00Z',
    processId: 'machines',
    account: account('a1'),
    owner: 'ann',
    amount: { amount: '1234.50', currency: 'EUR' },
  },
  {
    kind: 'opportunity',
    externalId: 'o2',
    occurredAt: '2026-02-02T00:00:00Z',
    processId: 'machines',
    account: account('a2'),
    owner: 'ann',
    amount: null,
  },
  {
    kind: 'order',
    externalId: 'w1',
    occurredAt: '2026-02-20T12:00:00Z',
    opportunity: { externalId: 'o1' },
    amount: { amount: '1200.00', currency: 'EUR' },
    channel: 'contract',
  },
];

describe('an import of opportunities from a table', () => {
  it.each([
    ['CSV', 'csv', csv],
    ['XLSX', 'xlsx', xlsx],
  ] as const)('takes each row of %s as the same row of NDJSON, an empty amount as unknown', async (_, format, content) => {
    const { importRows, events } = await pipelineInMemory();
    const first = await importRows(content, 'i1', undefined, table(format));
    expect(first.status).toMatchObject({ status: 'finished', rows: 3, created: 3, rejections: [] });
    const before = events().length;
    // a row that said anything else would be updated or rejected
    expect((await importRows(rows, 'i2')).status).toMatchObject({ rows: 3, unchanged: 3 });
    expect(events().length).toBe(before);
  });

  it('names the column of an amount that is none, as the spreadsheet counts rows', async () => {
    const { importRows } = await pipelineInMemory();
    const text = `${head.join(';')}\n\nChance;o1;01.02.2026;machines;a1;ann;1234.50;;\n`;
    const { status } = await importRows(Buffer.from(text), 'i1', undefined, table('csv'));
    expect(status?.rejections).toMatchObject([
      { row: 3, column: 'Wert', field: 'amount.amount', value: '1234.50', rule: expect.stringContaining('amount-unreadable') },
    ]);
  });
});
