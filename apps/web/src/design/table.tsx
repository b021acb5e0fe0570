import type { ReactNode } from 'react';

export interface Column<Row> {
  key: string;
  title: string;
  cell(row: Row): ReactNode;
}

export interface TableProps<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  keyOf(row: Row): string;
}

/** A table where there is room for one; on a phone a card for each row, with the name of a column before its value. */
export function DataTable<Row>({ label, columns, rows, keyOf }: TableProps<Row>) {
  return (
    <table className="block w-full text-left md:table md:border-separate md:border-spacing-0" aria-label={label}>
      <thead className="sr-only md:not-sr-only md:table-header-group">
        <tr>
          {columns.map(({ key, title }) => (
            <th key={key} scope="col" className="border-b border-line-strong px-3 py-2 text-sm font-semibold text-ink-soft">
              {title}
            </th>
          ))}
        </tr>
      </thead>
      <tbody className="grid gap-3 md:table-row-group">
        {rows.map((row) => (
          <tr
            key={keyOf(row)}
            className="block rounded-3xl border border-line bg-surface px-4 py-3 shadow-card md:table-row md:rounded-none md:border-0 md:bg-transparent md:shadow-none md:hover:bg-sunken"
          >
            {columns.map(({ key, title, cell }) => (
              <td
                key={key}
                className="flex items-baseline justify-between gap-4 py-1 wrap-anywhere md:table-cell md:wrap-break-word md:border-b md:border-line md:px-3 md:py-3"
              >
                <span className="shrink-0 text-sm text-ink-soft md:hidden" aria-hidden="true">
                  {title}
                </span>
                <span className="min-w-0 text-right md:text-left">{cell(row)}</span>
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
