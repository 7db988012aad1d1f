/** One thing that was tried: `ok`, `differs` (it answers, but not what it should), `fails` (an error), `skipped`. */
export interface Row {
  readonly what: string;
  readonly kind: string;
  readonly text: string;
}

/** A program and what came of it against each server, by the server's name. */
export interface Trial {
  readonly program: string;
  readonly results: ReadonlyMap<string, readonly Row[]>;
}

/** The rows a program printed; a line that is none is left out. */
export function readRows(output: string): Row[] {
  return output.split('\n').flatMap((line) => {
    try {
      const row: unknown = JSON.parse(line);
      return isRow(row) ? [row] : [];
    } catch {
      return [];
    }
  });
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && 'what' in value && 'kind' in value && 'text' in value;
}

/** A table in Markdown: a line for each thing tried, a column for each server. */
export function trialTable({ program, results }: Trial): string {
  const servers = [...results.keys()];
  const names = [...new Set([...results.values()].flatMap((rows) => rows.map(({ what }) => what)))];
  const cell = (server: string, what: string): string => {
    const row = results.get(server)?.find((one) => one.what === what);
    if (row === undefined) return '–';
    return `${row.kind}${row.text === '' ? '' : `: ${shown(row.text)}`}`;
  };
  return [
    `### ${program}`,
    '',
    `| tried | ${servers.join(' | ')} |`,
    `|${'---|'.repeat(servers.length + 1)}`,
    ...names.map((what) => `| ${what} | ${servers.map((server) => cell(server, what)).join(' | ')} |`),
    '',
  ].join('\n');
}

/** A cell holds no bar, and a long text only begins. */
function shown(text: string): string {
  const cell = text.replaceAll('|', '/');
  return cell.length > 90 ? `${cell.slice(0, 90)}…` : cell;
}

/** `theirs 24 ok of 27, ours 27 ok of 27` */
export function trialTotals({ program, results }: Trial): string {
  const totals = [...results].map(([server, rows]) => {
    return `${server} ${rows.filter(({ kind }) => kind === 'ok').length} ok of ${rows.length}`;
  });
  return `${program}: ${totals.join(', ')}`;
}
