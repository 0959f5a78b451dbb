import { ArrowDown, ArrowUp } from 'lucide-react';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { useRef, useState, type KeyboardEvent, type ReactNode } from 'react';
import { useTranslations } from 'use-intl';
import { Button } from '../form/button.tsx';
import styles from './data-table.module.css';

export type Column<Row> = {
  readonly id: string;
  readonly head: string;
  readonly cell: (row: Row) => ReactNode;
  /** right-aligned, in figures of one width */
  readonly isNumber?: boolean;
  /** the column that names the row; on a phone it becomes the heading of the card */
  readonly isLead?: boolean;
  /** the word of the API's `sort`, where the server can sort by this column */
  readonly sort?: string;
  readonly total?: ReactNode;
};

type Sorting = { readonly by: string; readonly isDescending: boolean };

type DataTableProps<Row> = {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly columns: readonly Column<Row>[];
  readonly rowId: (row: Row) => string;
  readonly onOpen?: (row: Row) => void;
  /** tells which row has the focus, for the keys of the screen */
  readonly onCurrent?: (row: Row | undefined) => void;
  readonly sorting?: Sorting;
  readonly onSort?: (sorting: Sorting) => void;
  readonly more?: { readonly isLoading: boolean; readonly load: () => void } | undefined;
};

const virtualFrom = 100;

/** The row of each table that was opened last: whoever comes back finds it marked. */
const lastOpened = new Map<string, string>();

/** Rows in view, with as much empty room above and below as the others would take. */
const useRowsInView = (count: number, top: () => number) => {
  const isVirtual = count > virtualFrom;
  const virtualizer = useWindowVirtualizer({ count: isVirtual ? count : 0, estimateSize: () => 45, overscan: 12, scrollMargin: top() });
  if (!isVirtual) return { indexes: Array.from({ length: count }, (_, index) => index), above: 0, below: 0 };
  const items = virtualizer.getVirtualItems();
  const first = items[0];
  const last = items.at(-1);
  return {
    indexes: items.map(({ index }) => index),
    above: Math.max(0, (first?.start ?? 0) - top()),
    below: Math.max(0, virtualizer.getTotalSize() - ((last?.end ?? 0) - top())),
  };
};

const Spacer = ({ height, columns }: { readonly height: number; readonly columns: number }) =>
  height === 0 ? null : (
    <tr className={styles['spacer']} aria-hidden="true">
      <td colSpan={columns} style={{ height }} />
    </tr>
  );

/** A native table: rows by arrow or J and K, Enter opens; only the rows in view stand in the document. The server sorts and adds up. */
export const DataTable = <Row,>({ label, rows, columns, rowId, onOpen, onCurrent, sorting, onSort, more }: DataTableProps<Row>) => {
  const t = useTranslations('shell');
  const body = useRef<HTMLTableSectionElement>(null);
  const [currentId, setCurrentId] = useState(() => lastOpened.get(label));
  const open = (row: Row): void => {
    lastOpened.set(label, rowId(row));
    onOpen?.(row);
  };
  const { indexes, above, below } = useRowsInView(rows.length, () => body.current?.offsetTop ?? 0);
  const tabStop = rows.some((row) => rowId(row) === currentId) ? currentId : rows[0] === undefined ? undefined : rowId(rows[0]);
  const move = (event: KeyboardEvent<HTMLTableRowElement>, row: Row): void => {
    if (event.target !== event.currentTarget) return;
    const step = event.key === 'ArrowDown' || event.key === 'j' ? 1 : event.key === 'ArrowUp' || event.key === 'k' ? -1 : 0;
    if (event.key === 'Enter') return open(row);
    if (step === 0) return;
    event.preventDefault();
    const next = step === 1 ? event.currentTarget.nextElementSibling : event.currentTarget.previousElementSibling;
    if (next instanceof HTMLTableRowElement && next.tabIndex >= -1) next.focus();
  };
  const ariaSort = ({ sort }: Column<Row>): 'ascending' | 'descending' | undefined => {
    if (sort === undefined || sorting === undefined || sorting.by !== sort) return undefined;
    return sorting.isDescending ? 'descending' : 'ascending';
  };
  return (
    <div className={styles['frame']}>
      <div className={styles['scroller']}>
        <table className={styles['table']} aria-label={label} aria-rowcount={rows.length + 1}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th
                  key={column.id}
                  scope="col"
                  className={column.isNumber === true ? styles['number'] : undefined}
                  aria-sort={ariaSort(column)}
                >
                  {column.sort === undefined || onSort === undefined ? (
                    column.head
                  ) : (
                    <button
                      type="button"
                      className={styles['sort']}
                      onClick={() =>
                        onSort({
                          by: column.sort ?? '',
                          isDescending: sorting === undefined || sorting.by !== column.sort || !sorting.isDescending,
                        })
                      }
                    >
                      {column.head}
                      {ariaSort(column) === 'descending' ? <ArrowDown size={14} aria-hidden="true" /> : null}
                      {ariaSort(column) === 'ascending' ? <ArrowUp size={14} aria-hidden="true" /> : null}
                    </button>
                  )}
                </th>
              ))}
            </tr>
          </thead>
          <tbody ref={body}>
            <Spacer height={above} columns={columns.length} />
            {indexes.map((index) => {
              const row = rows[index];
              if (row === undefined) return null;
              const id = rowId(row);
              return (
                <tr
                  key={id}
                  aria-rowindex={index + 2}
                  tabIndex={id === tabStop ? 0 : -1}
                  data-current={id === currentId ? '' : undefined}
                  onFocus={() => {
                    setCurrentId(id);
                    onCurrent?.(row);
                  }}
                  onKeyDown={(event) => move(event, row)}
                  onClick={() => open(row)}
                >
                  {columns.map((column) => (
                    <td
                      key={column.id}
                      className={column.isNumber === true ? styles['number'] : undefined}
                      data-label={column.head}
                      data-lead={column.isLead === true ? '' : undefined}
                    >
                      {column.cell(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
            <Spacer height={below} columns={columns.length} />
          </tbody>
          {columns.some(({ total }) => total !== undefined) ? (
            <tfoot>
              <tr>
                {columns.map(({ id, head, total, isNumber }) => (
                  <td key={id} data-label={head} className={isNumber === true ? styles['number'] : undefined}>
                    {total}
                  </td>
                ))}
              </tr>
            </tfoot>
          ) : null}
        </table>
      </div>
      {more === undefined ? null : (
        <div className={styles['more']}>
          <Button onPress={more.load} isDisabled={more.isLoading}>
            {t('loadMore')}
          </Button>
        </div>
      )}
    </div>
  );
};
