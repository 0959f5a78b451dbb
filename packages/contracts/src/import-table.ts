import { timeZone } from '@meilenstein/kernel';
import * as z from 'zod';
import { personField } from './leads/people/person-fields.ts';

/** The first rows that a rehearsal shows. */
export const rehearsedRows = 20;

const columnName = z.string().min(1).max(200);
const cellText = z.string().max(2000);

const times = ['externalId', 'occurredAt', 'recordedAt'] as const;

const leadTableField = z.union([
  z.enum([
    ...times,
    'owner',
    'converted.opportunityExternalId',
    'converted.occurredAt',
    'converted.recordedAt',
    ...personField.options.map((name) => `person.${name}` as const),
  ]),
  z.string().regex(/^person\.custom\.[a-z][a-z0-9-]{0,39}$/),
]);

const opportunityTableField = z.enum([
  'kind',
  ...times,
  'processId',
  'account.externalId',
  'account.name',
  'leadExternalId',
  'segment',
  'owner',
  'amount.amount',
  'amount.currency',
  'repEstimate.percent',
  'repEstimate.closesOn',
  'opportunity.externalId',
  'opportunity.opportunityId',
  'milestoneId',
  'act',
  'channel',
  'by.party',
  'by.role',
  'quote',
  'reason',
]);

type Mapped = {
  readonly columns: readonly { readonly field: string }[];
  readonly fixed?: readonly { readonly field: string }[] | undefined;
};
const namesEachFieldOnce = ({ columns, fixed = [] }: Mapped): boolean => {
  const fields = [...columns, ...fixed].map(({ field }) => field);
  return new Set(fields).size === fields.length;
};
const twice = { path: ['columns'], error: 'names a field twice' };

/** How a table in CSV or XLSX becomes rows. The first line of the table names its columns; columns without a field are left out. */
const tableOf = <Field extends z.ZodType<string>>(field: Field) =>
  z.strictObject({
    format: z.enum(['csv', 'xlsx']),
    charset: z
      .enum(['utf-8', 'windows-1252'])
      .optional()
      .describe('Of a CSV file without a byte-order mark. By default utf-8; Excel for Windows saves “CSV” in windows-1252.'),
    separator: z.enum([';', ',', '\t']).optional().describe('Between the cells of a CSV file. By default the semicolon.'),
    decimalSign: z.enum([',', '.']).optional().describe('By default the comma. The other sign may group thousands.'),
    dates: z
      .enum(['DD.MM.YYYY', 'YYYY-MM-DD', 'MM/DD/YYYY'])
      .optional()
      .describe('By default DD.MM.YYYY. A time such as 14:05 may follow; ISO 8601 with an offset is read as well.'),
    timeZone: timeZone.optional().describe('Of dates and times without an offset. By default Europe/Berlin.'),
    columns: z
      .array(
        z.strictObject({
          column: columnName,
          field,
          values: z
            .record(cellText, cellText)
            .optional()
            .describe('What each text of the column means, such as {"verloren":"loss"}. Other texts are refused.'),
        }),
      )
      .min(1)
      .max(60),
    fixed: z
      .array(z.strictObject({ field, value: cellText }))
      .max(60)
      .optional()
      .describe('Fields that have the same value in every row, such as the currency.'),
  });

export const leadTable = tableOf(leadTableField).refine(namesEachFieldOnce, twice);
export const opportunityTable = tableOf(opportunityTableField).refine(namesEachFieldOnce, twice);
/** A table of either kind. */
export const importTable = tableOf(z.string()).refine(namesEachFieldOnce, twice);
export type ImportTable = z.infer<typeof importTable>;

const rehearsedCell = z.object({
  column: z.string(),
  field: z.string(),
  /** the text of the cell, as the file has it */
  text: z.string(),
  /** what was read; null where the cell is empty or was refused */
  read: z.union([z.string(), z.number()]).nullable(),
  /** why the cell was refused; null where it was read */
  rule: z.string().nullable(),
});

/** The first rows of a file as an import with this table would take them. Nothing is imported and nothing of it is stored. */
export const importRehearsal = z.object({
  importId: z.string(),
  /** the columns of the file, as its first line names them */
  columns: z.array(z.string()),
  rows: z
    .array(
      z.object({
        /** as a spreadsheet counts: the line of the column names is row 1 */
        row: z.int().positive(),
        cells: z.array(rehearsedCell),
        /** the first rule that the row breaks; null where it would be taken as far as the row alone shows */
        rejected: z.object({ field: z.string().nullable(), column: z.string().nullable(), rule: z.string() }).nullable(),
      }),
    )
    .max(rehearsedRows),
});
export type ImportRehearsal = z.infer<typeof importRehearsal>;
