import { decodeValue, lostReason, readPythonText } from '../../runtime/realm.ts';
import { pyRepr } from '../../runtime/text/python-text.ts';
import { readVariables } from '../ledger/read-variables.ts';
import { writeOut } from '../platform/terminal.ts';
import { say } from './say.ts';
import type { VariableRow } from '../ledger/rows.ts';
import { instanceFolder } from './instances.ts';

/** Longest value shown on the screen, in characters. */
const MOST = 2_000;

/** Runs `bt g`. */
export function runG(instance: string | null, flags: Readonly<Record<string, unknown>>): void {
  const rows = readVariables(instanceFolder(instance, flags));
  if (flags['json'] === true) writeOut(`${variablesJson(rows)}\n`);
  else say(`${variablesText(rows)}\n`);
}

/**
 * `{ "g": { name: value }, "context": { … } }`, the values as they are kept, and `module` when a script in Python has kept globals. A
 * value of Python's is its `repr` and its pickle (base64).
 */
export function variablesJson(rows: readonly VariableRow[]): string {
  const members = (part: VariableRow['part']): string =>
    rows
      .filter((row) => row.part === part)
      .map(({ name, text }) => `${JSON.stringify(name)}:${valueJson(text ?? 'null')}`)
      .join(',');
  const globals = rows.some(({ part }) => part === 'module') ? `,"module":{${members('module')}}` : '';
  return `{"g":{${members('g')}},"context":{${members('context')}}${globals}}`;
}

function valueJson(text: string): string {
  const python = readPythonText(text);
  if (python === null) return text;
  const { pickle, shown } = python;
  return JSON.stringify(pickle === null ? { $: 'lost', v: shown } : { $: 'python', repr: shown, pickle });
}

/** One line a variable, tables below their names. */
export function variablesText(rows: readonly VariableRow[]): string {
  if (rows.length === 0) return 'Nothing is kept: g is empty, or the strategy has not been initialized.';
  return rows.map(({ part, name, text }) => `${part}.${name} ${valueText(text ?? 'null')}`).join('\n');
}

function valueText(text: string): string {
  const python = readPythonText(text);
  const why = python === null ? lostReason(text) : python.pickle === null ? python.shown : null;
  if (why !== null) return `is not kept: ${why}`;
  if (python !== null) return python.shown.includes('\n') ? `=\n${python.shown}` : `= ${python.shown}`;
  const shown = pyRepr(decodeValue(text));
  const cut = shown.length > MOST ? `${shown.slice(0, MOST)}… (${shown.length} characters; --json shows all)` : shown;
  return cut.includes('\n') ? `=\n${cut}` : `= ${cut}`;
}
