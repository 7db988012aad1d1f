import { BtError } from '../../../domain/errors.ts';
import { pythonIn, type PythonForm } from '../check/python-syntax.ts';
import { displayPath } from './source-place.ts';

/** Lines that are named of one form; of a whole script in Python there would be hundreds. */
const MOST_LINES = 8;

/** Of a file that does not parse: its forms of Python in one list, with what to write; null when it has none. */
export function pythonError(file: string, source: string): BtError | null {
  const forms = pythonIn(source);
  if (forms.length === 0) return null;
  const shown = displayPath(file);
  const lines = forms.map((form) => `  ${shown}:${form.lines[0] ?? 1}:${form.column} ${form.text}${alsoText(form)}`);
  const text = `${shown} is TypeScript, and has Python in it:\n${lines.join('\n')}\nWrite these lines as TypeScript, blocks in { }, then run bt check again.`;
  return new BtError('STRATEGY_COMPILE', text, { fault: 'strategy' });
}

function alsoText({ lines }: PythonForm): string {
  const [, ...more] = lines;
  if (more.length === 0) return '';
  const named = more.slice(0, MOST_LINES).join(', ');
  const rest = more.length - MOST_LINES;
  return ` (also in ${more.length === 1 ? 'line' : 'lines'} ${named}${rest > 0 ? ` and ${rest} more` : ''})`;
}
