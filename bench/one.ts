import { errorMessage } from '../src/domain/errors.ts';
import { loadFigure } from './figures.ts';
import type { Row, Skipped } from './figure.ts';
import { endTogether, withoutFolders } from './processes.ts';

/** What the process of one figure tells the run. */
export type FigureMessage = { readonly rows: readonly (Row | Skipped)[] } | { readonly error: string };

/** Measures one figure in a process of its own: what the figures before it left behind cannot weigh on it. */
async function measure(name: string): Promise<FigureMessage> {
  try {
    return { rows: await (await loadFigure(name)).run() };
  } catch (error) {
    return { error: withoutFolders(errorMessage(error)) };
  }
}

endTogether();
const message = await measure(process.argv[2] ?? '');
process.send?.(message, () => process.exit(0));
