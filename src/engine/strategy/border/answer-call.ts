import { findCall, type Call, type EngineCalls } from '../../../../runtime/border/calls.ts';
import type { DispatchContext } from '../../../../runtime/host.ts';
import { BtError } from '../../../domain/errors.ts';
import { toWire, type CallMessage, type Reply } from './messages.ts';

type Method = (...args: readonly unknown[]) => unknown;

/**
 * Runs one call as the table of calls has it. Whatever was asked, it resolves: UNKNOWN_CALL and BAD_CALL (the strategy's fault)
 * for what the table does not have, ENGINE_FAULT for an answer that is not what the table promises.
 */
export async function answerCall(engine: EngineCalls, call: CallMessage, context: DispatchContext): Promise<Reply> {
  const name = call[1];
  try {
    const entry = findCall(name);
    if (entry === undefined) throw unknownCall(name);
    checkArguments(name, entry, call[2]);
    const method = engine[name as keyof EngineCalls] as Method; // the arguments were just held to the table
    return answerOf(name, entry, await method.apply(engine, [...call[2], context]));
  } catch (error) {
    return [false, toWire(error)];
  }
}

function answerOf(name: string, { result, packing }: Call, value: unknown): Reply {
  const problem = result.problem(value, '');
  if (problem !== null) throw new Error(`the answer to ${name}${problem}`);
  return [true, packing === null ? value : packing.pack(value)];
}

function checkArguments(name: string, { args: shapes }: Call, args: readonly unknown[]): void {
  if (args.length !== shapes.length) {
    throw badCall(`${name} takes ${shapes.length} arguments, was given ${args.length}`);
  }
  for (let index = 0; index < shapes.length; index += 1) {
    const problem = shapes[index]?.problem(args[index], '') ?? null;
    if (problem !== null) throw badCall(`argument ${index + 1} of ${name}${problem}`);
  }
}

function badCall(problem: string): BtError {
  return new BtError('BAD_CALL', `${problem}: call the engine through the functions of jqdata.`, { fault: 'strategy' });
}

function unknownCall(name: string): BtError {
  const shown = name.length > 40 ? `${name.slice(0, 40)}…` : name;
  return new BtError('UNKNOWN_CALL', `The engine has no call '${shown}': use the functions of jqdata.`, {
    fault: 'strategy',
  });
}
