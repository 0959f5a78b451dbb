import type { ReactNode } from 'react';
import type { Column } from './data-table.tsx';
import styles from './plain-table.module.css';

type PlainTableProps<Row> = {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  /** greyed rows, such as figures that claim nothing yet; the words say so too */
  readonly isMuted?: (row: Row) => boolean;
  readonly caption?: ReactNode;
};

/** A table to read, without rows to open; on a phone each row becomes a card. */
export const PlainTable = <Row,>({ label, rows, columns, rowId, isMuted, caption }: PlainTableProps<Row>) => (
  <table className={styles['table']} aria-label={label}>
    {caption === undefined ? null : <caption>{caption}</caption>}
    <thead>
      <tr>
        {columns.map(({ id, head, isNumber }) => (
          <th key={id} scope="col" className={isNumber === true ? styles['number'] : undefined}>
            {head}
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {rows.map((row) => (
        <tr key={rowId(row)} data-muted={isMuted?.(row) === true ? '' : undefined}>
          {columns.map(({ id, head, cell, isNumber, isLead }) =>
            isLead === true ? (
              <th key={id} scope="row">
                {cell(row)}
              </th>
            ) : (
              <td key={id} className={isNumber === true ? styles['number'] : undefined} data-label={head}>
                {cell(row)}
              </td>
            ),
          )}
        </tr>
      ))}
    </tbody>
    {columns.some(({ total }) => total !== undefined) ? (
      <tfoot>
        <tr>
          {columns.map(({ id, head, total, isNumber, isLead }) =>
            isLead === true ? (
              <th key={id} scope="row">
                {total}
              </th>
            ) : (
              <td key={id} className={isNumber === true ? styles['number'] : undefined} data-label={head}>
                {total}
              </td>
            ),
          )}
        </tr>
      </tfoot>
    ) : null}
  </table>
);
