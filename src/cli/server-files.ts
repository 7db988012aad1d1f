import { join } from 'node:path';
import { BtError } from '../domain/errors.ts';
import type { ServerOptions } from '../server/index.ts';
import type { Settings } from './settings.ts';

const DEFAULT_PORT = 58_620;

/** What a server keeps, and whether it only rehearses. */
export interface KeptFiles {
  readonly options: Pick<ServerOptions, 'recordPath' | 'dryRun'>;
  /** File of the audit; null = none is written. */
  readonly audit: string | null;
  /** File of the messages that are not delivered yet, beside the book of a paper market; null = forgotten with the process. */
  readonly outbox: string | null;
  readonly warnings: readonly string[];
}

/**
 * `--record`, `--audit`, `--dry-run`. In front of a terminal both files are always kept, in a folder of the port under RUNTIME_DIR; a paper
 * market has its book, and an audit where one is asked for. Throws BtError BAD_CONFIG.
 */
export function readKeptFiles(settings: Settings): KeptFiles {
  const record = settings.text({ flag: '--record', variables: ['QMT_SERVER_RECORD'] });
  const isOutside = isInFrontOfTerminal(settings);
  if (record !== null && !isOutside && settings.find({ flag: '--record' }) !== null)
    throw new BtError('BAD_CONFIG', '--record needs --server-type qmt: a paper market keeps its book with --state.', {
      fault: 'config',
    });
  const dryRun = settings.toggle({ flag: '--dry-run', variables: ['QMT_SERVER_DRY_RUN'] }) ?? false;
  return {
    options: { recordPath: isOutside ? (record ?? join(gatewayFolder(settings), 'record.db')) : null, dryRun },
    audit: auditPath(settings, isOutside),
    outbox: outboxPath(settings, isOutside),
    warnings: dryRun ? ['DRY RUN: orders are answered as placed, and none of them is sent'] : [],
  };
}

/** The audit that a server on this machine writes, for who reads it. */
export function auditToRead(settings: Settings): string {
  return (
    settings.text({ flag: '--file', variables: ['QMT_SERVER_AUDIT'] }) ?? join(gatewayFolder(settings), 'audit.jsonl')
  );
}

function outboxPath(settings: Settings, isOutside: boolean): string | null {
  if (isOutside) return join(gatewayFolder(settings), 'messages.outbox');
  const book = settings.text({ flag: '--state' });
  return book === null ? null : `${book}.outbox`;
}

function auditPath(settings: Settings, isOutside: boolean): string | null {
  const given = settings.text({ flag: '--audit', variables: ['QMT_SERVER_AUDIT'] });
  return given ?? (isOutside ? join(gatewayFolder(settings), 'audit.jsonl') : null);
}

function gatewayFolder(settings: Settings): string {
  const port = settings.integer({ flag: '--port', variables: ['QMT_SERVER_PORT'] }, 0, 65_535) ?? DEFAULT_PORT;
  return join(settings.text({ variables: ['RUNTIME_DIR'] }) ?? '.bt', `gateway-${port}`);
}

function isInFrontOfTerminal(settings: Settings): boolean {
  const type = settings.text({ flag: '--server-type' });
  return type !== null && type.toLowerCase() !== 'stub' && settings.toggle({ flag: '--simulate' }) !== true;
}
