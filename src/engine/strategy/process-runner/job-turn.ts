import type { DispatchContext } from '../../../../runtime/host.ts';
import type { ToStrategy } from '../border/messages.ts';
import type { Dispatch } from '../types.ts';
import type { Beginning } from './beginnings.ts';

/** What a job turns into when its turn has come. */
export interface Turn {
  readonly name: string;
  readonly context: DispatchContext;
  readonly message: (begin: Beginning) => ToStrategy;
}

/** Null when there is nothing to do: all ticks of the batch were cancelled. */
export function turnOf(dispatch: Dispatch): Turn | null {
  if (dispatch.kind !== 'ticks') {
    const { name, context } = dispatch;
    return { name, context, message: (begin) => ({ kind: 'call', call: dispatch, ...begin }) };
  }
  const { quotes, context } = dispatch.take();
  if (quotes.length === 0) return null;
  return { name: 'handle_tick', context, message: (begin) => ({ kind: 'ticks', quotes, context, ...begin }) };
}
