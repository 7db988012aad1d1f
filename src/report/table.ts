import { piece, type Markup } from './markup.ts';

/** One column: its head, and what of a row stands in it. */
export interface Column<R> {
  readonly head: string;
  readonly cell: (row: R) => Markup | string;
  /** Numbers stand to the right. */
  readonly isNumber?: boolean;
}

/** A table that scrolls for itself where the page is narrow. */
export function table<R>(columns: readonly Column<R>[], rows: readonly R[]): Markup {
  const kind = ({ isNumber }: Column<R>): string => (isNumber === true ? 'number' : '');
  const heads = columns.map((column) => piece`<th scope="col" class="${kind(column)}">${column.head}</th>`);
  const body = rows.map(
    (row) =>
      piece`<tr>
        ${columns.map((column) => piece`<td class="${kind(column)}">${column.cell(row)}</td>`)}
      </tr> `,
  );
  return piece`<div class="scroll">
    <table>
      <thead>
        <tr>
          ${heads}
        </tr>
      </thead>
      <tbody>
        ${body}
      </tbody>
    </table>
  </div>`;
}
