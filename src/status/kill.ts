import { BtError, errorMessage } from '../domain/errors.ts';
import { chinaText } from '../domain/time.ts';
import { callControl } from '../platform/control-socket.ts';
import { hasKillFile, killedSince, killOrderOf, writeKillFile } from '../platform/kill-file.ts';

type Values = Readonly<Record<string, string>>;

/**
 * Stops an instance whatever its engine does: the file first, then the engine is told. The answer is for a person. Throws NOT_KILLED when
 * neither was to be had, and what the engine refuses.
 */
export async function killInstance(folder: string, values: Values): Promise<string> {
  const since = killedSince(folder);
  const text = await tellKill(folder, values, killFileProblem(folder, values));
  return `${text}${alreadyText(since)}`;
}

/** Added to the answer of a second kill. `since`: by this machine's clock, epoch ms; null = it was not killed before. */
export function alreadyText(since: number | null): string {
  return since === null ? '' : ` It was killed already, since ${chinaText(since)}.`;
}

/** Makes the file; what kept it from being written, or null. */
export function killFileProblem(folder: string, values: Values): string | null {
  try {
    writeKillFile(folder, killOrderOf(values));
    return null;
  } catch (error) {
    return `The file KILL cannot be written to ${folder} (${errorMessage(error)})`;
  }
}

/** What the engine says; one that does not answer finds the file before it places anything. `problem`: of the file. */
export async function tellKill(folder: string, values: Values, problem: string | null): Promise<string> {
  try {
    const text = await callControl(folder, { command: 'kill', values });
    if (text !== null) return problem === null ? text : `${text} ${problem}; the engine's ledger holds it.`;
    if (problem === null)
      return 'No bt live runs; the next start places nothing. "bt resume --reason ..." lets it go on.';
  } catch (error) {
    if (!(error instanceof BtError) || error.code !== 'CONTROL_FAILED') throw error;
    if (problem === null)
      return 'The engine does not answer. The file KILL is in its folder: it places nothing any more, and does the rest when it looks at it (each second).';
  }
  const there = hasKillFile(folder) ? ' One is there all the same: nothing is placed.' : '';
  const text = `${problem}, and no engine has answered: it is NOT certain that nothing is placed.${there} Make that file by hand, or end the engine.`;
  throw new BtError('NOT_KILLED', text, { fault: 'config' });
}
