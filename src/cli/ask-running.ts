import { BtError } from '../domain/errors.ts';
import { callControl, type ControlRequest } from '../platform/control-socket.ts';
import { say } from './say.ts';

/** Has the engine of an instance's folder carry out a command, and shows its answer. Throws NOT_RUNNING with what to do `otherwise`. */
export async function askRunning(folder: string, request: ControlRequest, otherwise: string): Promise<void> {
  const text = await callControl(folder, request);
  if (text === null) throw notRunning(folder, otherwise);
  say(`${text}\n`);
}

export function notRunning(folder: string, otherwise: string): BtError {
  return new BtError('NOT_RUNNING', `No bt live runs in ${folder}; ${otherwise}.`, { fault: 'config' });
}
