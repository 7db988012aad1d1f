import { Component } from 'preact';
import type { ComponentChildren, JSX } from 'preact';
import { useState } from 'preact/hooks';
import { t } from '../words.ts';
import type { Word } from '../words.ts';
import { Empty } from './card.tsx';

export interface Column<Row> {
  readonly head: Word;
  /** Figures stand to the right. */
  readonly isNumber?: boolean;
  /** Left out on a phone. */
  readonly isWide?: boolean;
  /** The row is called by it. */
  readonly isName?: boolean;
  readonly cell: (row: Row) => ComponentChildren;
}

export interface TableProps<Row> {
  readonly label: string;
  readonly columns: readonly Column<Row>[];
  readonly rows: readonly Row[];
  readonly keyOf: (row: Row) => string;
  /** What is said when there are no rows. */
  readonly none: string;
  /** What stands below a row that is open; null = it is closed. */
  readonly below?: (row: Row) => ComponentChildren;
  /** Rows that are drawn before a person asks for more. */
  readonly most?: number;
}

const MOST = 100;
const MORE = 400;

/** A table that scrolls by itself, with keys too. A row is drawn anew only when it is another object. */
export function Table<Row extends object>(props: TableProps<Row>) {
  const { label, columns, rows, keyOf, none, below = () => null, most = MOST } = props;
  const [shown, setShown] = useState(most);
  if (rows.length === 0) return <Empty text={none} />;
  return (
    <>
      <div class="scroll" role="region" aria-label={label} tabIndex={0}>
        <table>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column.head} scope="col" class={classOf(column)}>
                  {t(column.head)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, shown).map((row) => (
              <Row key={keyOf(row)} row={row} columns={columns} below={below(row)} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shown && (
        <button type="button" class="more" onClick={() => setShown(shown + MORE)}>
          {t('orders.more', { count: Math.min(MORE, rows.length - shown) })}
        </button>
      )}
    </>
  );
}

interface RowProps {
  readonly row: object;
  readonly columns: readonly Column<never>[];
  readonly below: ComponentChildren;
}

class Row extends Component<RowProps> {
  override shouldComponentUpdate({ row, columns, below }: RowProps): boolean {
    return row !== this.props.row || columns !== this.props.columns || below !== null || this.props.below !== null;
  }

  render({ row, columns, below }: RowProps): JSX.Element {
    return (
      <>
        <tr>
          {columns.map((column) =>
            column.isName === true ? (
              <th key={column.head} scope="row" class={classOf(column)}>
                {column.cell(row as never)}
              </th>
            ) : (
              <td key={column.head} class={classOf(column)}>
                {column.cell(row as never)}
              </td>
            ),
          )}
        </tr>
        {below !== null && (
          <tr class="below">
            <td colSpan={columns.length}>{below}</td>
          </tr>
        )}
      </>
    );
  }
}

function classOf({ isNumber, isWide }: Pick<Column<never>, 'isNumber' | 'isWide'>): string {
  return `${isNumber === true ? 'number' : ''}${isWide === true ? ' wide' : ''}`;
}
