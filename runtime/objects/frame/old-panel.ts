import { badArgument } from '../../api/arguments.ts';
import type { DataFrame } from './data-frame.ts';
import { adviseOnce } from './errors.ts';
import { createPanel } from './panel.ts';

/** Old pandas: tables by name, one beside the other in depth. */
export function Panel(tables: Readonly<Record<string, DataFrame>>): ReturnType<typeof createPanel> {
  adviseOnce('pd.Panel', 'pd.concat(tables, { keys })');
  const entries = Object.entries(tables);
  const [first] = entries;
  if (first === undefined) throw badArgument('Panel()', 'needs a dict of tables.');
  return createPanel(new Map(entries), first[1].index, first[1].columns.tolist().map(String));
}
