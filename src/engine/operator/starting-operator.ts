import type { ControlReply, ControlRequest } from '../../platform/control-socket.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { Log } from '../../platform/log.ts';
import type { EngineReport } from './engine-report.ts';
import { LedgerStops, stillStarting } from './ledger-stops.ts';
import { kill, pause, resume } from './risk-commands.ts';

export interface StartingParts {
  readonly ledger: Ledger;
  readonly folder: string;
  /** Market time, epoch ms. */
  readonly now: () => number;
  readonly report: EngineReport;
  readonly log: Log;
}

/** Answers a person while the run comes up: it may wait for its gateway for long, and a kill must not. */
export function startingOperator(parts: StartingParts): (request: ControlRequest) => Promise<ControlReply> {
  const { ledger, folder, now, report, log } = parts;
  const stops = new LedgerStops(ledger, folder, now);
  const events = {
    emit: (event: { readonly kind: string; readonly text?: string }): void => {
      if (event.text !== undefined) log.warning(event.text);
    },
  };
  const handle = ({ command, values }: ControlRequest): ControlReply => {
    switch (command) {
      case 'status':
        return { data: report.answer() };
      case 'kill':
        return kill(values, stops, events);
      case 'pause':
        return pause(values, stops);
      case 'resume':
        return resume(values, stops, () => false);
      default:
        throw stillStarting(command);
    }
  };
  return (request) => Promise.resolve().then(() => handle(request));
}
