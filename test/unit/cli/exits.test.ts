import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { closingTable } from '../../../src/cli/closing-table.ts';
import { failureText } from '../../../src/cli/failure.ts';
import { newCommand } from '../../../src/cli/program.ts';
import { writeReport } from '../../../src/cli/report-file.ts';
import { BtError } from '../../../src/domain/errors.ts';
import type { AccountView, OrderView } from '../../../src/domain/order/types.ts';
import type { RunReport } from '../../../src/engine/report.ts';
import { callControl, serveControl } from '../../../src/platform/control-socket.ts';
import { keepSecret } from '../../../src/platform/exit-text.ts';
import { createLog } from '../../../src/platform/log.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

/** What a gateway may put into any text: the token, codes that a terminal obeys, megabytes. */
const TOKEN = 'f3Zq81-token-of-the-gateway';
const POISON = `bad ${TOKEN} \u001b[2J\u001b]0;owned\u0007 \u202e ${'w'.repeat(3_000_000)}`;
const VIEW: AccountView = {
  version: 1,
  asOf: 0,
  availableCash: 1,
  lockedCash: 0,
  transferableCash: null,
  totalValue: 1,
  startingCash: 1,
  positions: [
    {
      security: POISON,
      name: POISON,
      amount: 100,
      closeableAmount: 0,
      lockedAmount: 0,
      todayAmount: 100,
      avgCost: 1,
      price: null,
      value: 1,
      initTime: null,
      transactTime: null,
    },
  ],
};
const ORDER: OrderView = {
  orderId: 'o1',
  brokerOrderIds: [POISON],
  security: POISON,
  side: 'buy',
  amount: 200,
  filled: 100,
  price: 1,
  avgCost: 1,
  commission: 5,
  style: { kind: 'limit', limitPrice: 1 },
  state: 'canceled',
  reason: POISON,
  unknown: false,
  addTime: 0,
};
const REPORT: RunReport = {
  version: 1,
  strategy: POISON,
  broker: POISON,
  clock: 'wall',
  startedAt: 0,
  endedAt: 0,
  exitCode: 0,
  accountAtStart: VIEW,
  accountAtEnd: VIEW,
  accountRead: true,
  orders: [ORDER],
  intents: [],
  trades: [],
  triggers: [],
  errors: [{ time: 0, code: 'X', message: POISON, stack: POISON, task: POISON }],
  open: [ORDER],
  refused: [{ time: 0, security: POISON, asked: POISON, reason: POISON }],
  alarms: [{ time: 0, code: 'X', subject: POISON, text: POISON, over: null }],
  dataErrors: [],
  clockSteps: [],
};

let folder = '';
beforeEach(() => {
  folder = temporaryFolder('exits');
  keepSecret(TOKEN);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** Every way on which text leaves the process. Nothing else may: test/architecture bans the streams elsewhere. */
const EXITS: Readonly<Record<string, () => string | Promise<string>>> = {
  'the log on the screen': () => {
    const lines: string[] = [];
    const log = createLog({ level: 'debug', screen: true, print: (line) => lines.push(line) });
    log.child(POISON).error(POISON, { reason: POISON });
    return lines.join('\n');
  },
  'the log file': () => {
    const file = join(folder, 'bt.log');
    const log = createLog({ level: 'debug', screen: false, file });
    log.child(POISON).error(POISON, { reason: POISON, deep: { [POISON]: [POISON, new Error(POISON)] } });
    log.close();
    return readFileSync(file, 'utf8');
  },
  'the report': () => {
    const file = join(folder, 'run.json');
    writeReport(file, REPORT);
    return readFileSync(file, 'utf8');
  },
  'the closing table': () => closingTable(REPORT, false),
  'the error line': () => failureText(new BtError('QMT_REJECTED', POISON, { fault: 'venue' }), false),
  'the error line of a bug': () => failureText(new Error(POISON), false),
  'the stack of an error': () => failureText(new BtError('X', 'y', { fault: 'venue', cause: new Error(POISON) }), true),
  'the usage error': () => {
    const written: string[] = [];
    const command = newCommand('bt', 'bt').configureOutput({ writeErr: (text) => written.push(text) });
    expect(() => command.parse([`--${POISON}`], { from: 'user' })).toThrow();
    return written.join('');
  },
  'the answer of the control socket': async () => {
    const server = await serveControl(folder, () => Promise.resolve(POISON));
    const answer = await callControl(folder, { command: 'x', values: {} });
    await server.close();
    return answer ?? '';
  },
  'the refusal of the control socket': async () => {
    const refusal = new BtError('NO', POISON, { fault: 'config' });
    const server = await serveControl(folder, () => Promise.reject(refusal));
    const answer = await callControl(folder, { command: 'x', values: {} }).catch((error: Error) => error.message);
    await server.close();
    return answer ?? '';
  },
};

test.each(Object.entries(EXITS))('%s shows no secret, obeys no gateway and stays short', async (_name, leave) => {
  const text = await leave();
  expect(text).toContain('bad ***');
  expect(text).not.toContain(TOKEN);
  // oxlint-disable-next-line no-control-regex -- what must not be there
  expect(text).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202e]/u);
  expect(text.length).toBeLessThan(1_000_000);
});
