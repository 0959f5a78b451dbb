import { importRehearsal, importStarted, importStatus } from '@meilenstein/contracts';
import { spreadsheetOf } from '@meilenstein/runtime/testing/spreadsheet';
import { describe, expect, it } from 'vitest';
import { leadsInMemory, type LeadsInMemory } from '../../testing/leads-in-memory.ts';

const columns = [
  { column: 'Nr.', field: 'externalId' },
  { column: 'Eingang', field: 'occurredAt' },
  { column: 'Name', field: 'person.name' },
  { column: 'E-Mail', field: 'person.email' },
  { column: 'Mitarbeiter', field: 'person.employees' },
  { column: 'Betreut von', field: 'owner', values: { Ann: 'ann', Bob: 'bob' } },
];
const head = ['Nr.', 'Eingang', 'Name', 'Notiz', 'E-Mail', 'Mitarbeiter', 'Betreut von'];

/** Three rows as every format has them; the note with a line end and a quote is not mapped. */
const people = [
  {
    id: 'K-1',
    date: '31.12.2025',
    iso: '2025-12-30T23:00:00Z',
    serial: 46_022,
    name: 'Jürgen Groß',
    note: 'Straße 5; "hinten"\nlinks',
    staff: '12',
  },
  { id: 'K-2', date: '1.7.2025', iso: '2025-06-30T22:00:00Z', serial: 45_839, name: 'Zoë Weiß', note: '', staff: '' },
  { id: 'K-3', date: '15.01.2026', iso: '2026-01-14T23:00:00Z', serial: 46_037, name: 'Ada, Byron & Co', note: 'a\tb', staff: '250' },
];
const ownerOf = (at: number): string => ['Ann', 'Bob', 'Ann'][at] ?? '';
const addressOf = (at: number): string => `kunde${at + 1}@firma${at + 1}.example`;

const csvOf = (separator: string): string =>
  [head, ...people.map((one, at) => [one.id, one.date, one.name, one.note, addressOf(at), one.staff, ownerOf(at)])]
    .map((cells) => cells.map((cell) => (/["\n,;\t]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell)).join(separator))
    .join('\r\n');

const ndjson = people.map((one, at) => ({
  kind: 'lead',
  externalId: one.id,
  occurredAt: one.iso,
  person: { name: one.name, email: addressOf(at), ...(one.staff === '' ? {} : { employees: one.staff }) },
  owner: ownerOf(at).toLowerCase(),
}));

const hired = async () => {
  const leads = leadsInMemory();
  await leads.hire('ann', 'bob');
  return leads;
};

type Format = 'ndjson' | 'csv' | 'xlsx';
type Asked = { readonly format: Format; readonly table?: Record<string, unknown>; readonly rehearse?: boolean };

const start = async (leads: LeadsInMemory, { format, table, rehearse }: Asked, content: Uint8Array | readonly unknown[]) => {
  const described = format === 'ndjson' ? {} : { table: { format, columns, ...table } };
  const body = { system: 'old-crm', ...described, ...(rehearse === undefined ? {} : { rehearse }) };
  const started = importStarted.parse((await leads.call('POST /leads/imports', { body })).json);
  await leads.upload(started.importId, content, format);
  const { json } = await leads.call('GET /leads/imports/{importId}', { path: { importId: started.importId } });
  return { ...started, status: importStatus.parse(json) };
};

/** What the events say of the leads: the ids of events and their times of storage apart. */
const leadsOf = (leads: LeadsInMemory) =>
  leads
    .events()
    .filter(({ name }) => name !== 'LeadImportStarted')
    .map(({ name, occurredAt, data }) => ({ name, occurredAt, data }));

const latin = (text: string): Uint8Array => Uint8Array.from(text, (sign) => sign.charCodeAt(0));

describe('an import of leads from a table', () => {
  it.each([
    ['CSV with semicolons in UTF-8', 'csv', {}, Buffer.from(csvOf(';'))],
    ['CSV with a byte-order mark', 'csv', { charset: 'windows-1252' }, Buffer.from(`\u{feff}${csvOf(';')}`)],
    ['CSV in windows-1252', 'csv', { charset: 'windows-1252' }, latin(csvOf(';'))],
    ['CSV with commas', 'csv', { separator: ',' }, Buffer.from(csvOf(','))],
    ['CSV with tabs', 'csv', { separator: '\t' }, Buffer.from(csvOf('\t'))],
    [
      'XLSX',
      'xlsx',
      {},
      spreadsheetOf([
        head,
        ...people.map((one, at) => [
          one.id,
          one.serial,
          one.name,
          one.note,
          addressOf(at),
          one.staff === '' ? '' : Number(one.staff),
          ownerOf(at),
        ]),
      ]),
    ],
  ] as const)('makes the same leads of %s as of NDJSON', async (_, format, table, content) => {
    const [plain, tabular] = [await hired(), await hired()];
    await start(plain, { format: 'ndjson' }, ndjson);
    const { status } = await start(tabular, { format, table }, content);
    expect(status).toMatchObject({ status: 'finished', rows: 3, created: 3, rejections: [] });
    expect(leadsOf(tabular)).toEqual(leadsOf(plain));
    expect(leadsOf(tabular).filter(({ name }) => name === 'LeadCaptured')).toHaveLength(3);
  });

  it('names row, column, value and rule of what it rejects, and takes the other rows', async () => {
    const leads = await hired();
    const text = [
      'Nr.;Eingang;Name;E-Mail;Mitarbeiter;Betreut von',
      'K-1;31.02.2025;A;a@firma.example;1;Ann',
      'K-2;01.03.2025;B;b@firma.example;1;Cleo',
      'K 3;01.03.2025;C;c@firma.example;1;Ann',
      'K-4;01.03.2025;"D;d@firma.example;1;Ann',
      'K-5;01.03.2025;E;e@firma.example;1;Ann',
    ].join('\n');
    const { status } = await start(leads, { format: 'csv' }, Buffer.from(text));
    expect(status).toMatchObject({ rows: 5, created: 1, rejected: 4 });
    expect(status.rejections).toMatchObject([
      { row: 2, column: 'Eingang', field: 'occurredAt', value: '31.02.2025', rule: expect.stringContaining('date-unreadable') },
      { row: 3, column: 'Betreut von', field: 'owner', value: 'Cleo', rule: 'value-not-mapped: must be one of Ann, Bob' },
      { row: 4, column: 'Nr.', field: 'externalId', value: 'K 3' },
      { row: 5, rule: expect.stringContaining('quotes-unbalanced') },
    ]);
  });

  it('is one rejected row where a column is missing or the file is none of its format', async () => {
    const leads = await hired();
    const { status: without } = await start(leads, { format: 'csv' }, Buffer.from('Nr.;Name\nK-1;A\n'));
    expect(without).toMatchObject({ rows: 1, rejected: 1, rejections: [{ row: 1, column: 'Eingang' }] });
    expect(without.rejections[0]?.rule).toBe('column-missing: the first line of the file names the columns Nr., Name');
    const { status: broken } = await start(leads, { format: 'xlsx' }, Buffer.from('no zip'));
    expect(broken).toMatchObject({ status: 'finished', rows: 1, rejected: 1 });
    expect(broken.rejections[0]?.rule).toContain('file-unreadable');
  });

  it('rejects rows that are not in the charset that was named', async () => {
    const leads = await hired();
    const { status } = await start(leads, { format: 'csv' }, latin(csvOf(';')));
    expect(status.rejections[0]).toMatchObject({ row: 2, rule: expect.stringContaining('text-not-utf-8') });
  });

  it('refuses a table that names a field twice or one that leads do not have', async () => {
    const leads = await hired();
    const ask = async (fields: readonly string[]) => {
      const table = { format: 'csv', columns: fields.map((field, at) => ({ column: `${at}`, field })) };
      return (await leads.call('POST /leads/imports', { body: { system: 'old-crm', table } })).status;
    };
    expect([await ask(['externalId', 'externalId']), await ask(['amount.amount']), await ask(['person.custom.size'])]).toEqual([
      400, 400, 201,
    ]);
  });
});

describe('a rehearsal of a table', () => {
  const rehearse = async (leads: LeadsInMemory, content: Uint8Array, table = {}) => {
    const { importId, status } = await start(leads, { format: 'csv', rehearse: true, table }, content);
    const answer = await leads.call('GET /leads/imports/{importId}/rehearsal', { path: { importId } });
    return { status, answer };
  };

  it('shows the first twenty rows, cell by cell, and imports nothing', async () => {
    const leads = await hired();
    const many = Array.from(
      { length: 30 },
      (_, at) => `K-${at};${at === 1 ? 'gestern' : '31.12.2025'};A;${at === 2 ? '' : 'a@firma.example'};1;Ann`,
    );
    const text = ['Nr.;Eingang;Name;E-Mail;Mitarbeiter;Betreut von', ...many].join('\n');
    const { status, answer } = await rehearse(leads, Buffer.from(text));
    expect(status).toMatchObject({ status: 'rehearsal', rows: 0 });
    const { columns: named, rows } = importRehearsal.parse(answer.json);
    expect(named).toEqual(['Nr.', 'Eingang', 'Name', 'E-Mail', 'Mitarbeiter', 'Betreut von']);
    expect(rows.map(({ row }) => row)).toEqual(Array.from({ length: 20 }, (_, at) => at + 2));
    expect(rows[0]).toMatchObject({ row: 2, rejected: null });
    expect(rows[0]?.cells.map(({ text: shown, read }) => [shown, read])).toEqual([
      ['K-0', 'K-0'],
      ['31.12.2025', '2025-12-30T23:00:00.000Z'],
      ['A', 'A'],
      ['a@firma.example', 'a@firma.example'],
      ['1', '1'],
      ['Ann', 'ann'],
    ]);
    expect(rows[1]).toMatchObject({ rejected: { field: 'occurredAt', column: 'Eingang' } });
    expect(rows[1]?.cells[1]).toMatchObject({ text: 'gestern', read: null, rule: expect.stringContaining('date-unreadable') });
    expect(rows[2]?.cells[3]).toMatchObject({ text: '', read: null, rule: null });
    expect(leadsOf(leads)).toEqual([]);
  });

  it('is refused for an unknown import, for one without rehearsal, before the upload and for an unreadable file', async () => {
    const leads = await hired();
    const rehearsalOf = async (importId: string) => leads.call('GET /leads/imports/{importId}/rehearsal', { path: { importId } });
    const plain = await start(leads, { format: 'ndjson' }, ndjson);
    const waiting = importStarted.parse(
      (await leads.call('POST /leads/imports', { body: { system: 'old-crm', rehearse: true, table: { format: 'csv', columns } } })).json,
    );
    const { answer } = await rehearse(leads, Buffer.from('Nr.;Name\nK-1;A\n'));
    const codes = [await rehearsalOf('nobody'), await rehearsalOf(plain.importId), await rehearsalOf(waiting.importId), answer];
    expect(codes.map(({ status }) => status)).toEqual([404, 409, 409, 422]);
    expect(JSON.stringify(answer.json)).toContain('column-missing');
  });
});
