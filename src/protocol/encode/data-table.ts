import type { DataRequest } from '../../domain/data/datasets.ts';
import type { DataColumn, DataTable } from '../../domain/data/table.ts';
import type { JsonObject } from '../json.ts';

/** The action that answers a question about securities, companies and markets with a table; no other gateway has it. */
export const TABLE_ACTION = 'data.table';

/** How a gateway tells in the handshake which of them it answers: this and the name of the data set. */
export const TABLE_FEATURE = 'table:';

/** Payload of data.table; `asOf`: nothing that became known later is wanted, epoch ms. */
export function tablePayload({ dataset, params }: DataRequest, asOf: number): JsonObject {
  return { dataset, params, as_of: asOf };
}

/** `data.table`, column by column; what is missing is null, days and instants are epoch ms. */
export function dataTableAnswer({ rows, columns }: DataTable): JsonObject {
  const written = [...columns].map(([name, column]) => ({ name, kind: column.kind, values: valuesOf(column) }));
  return { dtype: 'columns', rows, columns: written };
}

function valuesOf(column: DataColumn): readonly unknown[] {
  if (column.kind === 'text') return column.values;
  return Array.from(column.values, (value) => (Number.isFinite(value) ? value : null));
}
