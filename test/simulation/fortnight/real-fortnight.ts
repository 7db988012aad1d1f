import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeValue } from '../../../runtime/state/decode.ts';
import type { RunReport } from '../../../src/engine/report.ts';
import { chinaText } from '../../../src/domain/time.ts';
import { Ledger } from '../../../src/ledger/ledger.ts';
import { BT } from '../../e2e/cli-process.ts';
import type { Left } from './judge-fortnight.ts';

const FROM = '2026-07-06 08:30:00';
const UNTIL = '2026-07-17 16:00';
/** Somebody starts it again also when it was killed at its end. Until the morning after the last day, for an order of unknown fate ends with its day; nothing is due then. */
const UNTIL_AGAIN = '2026-07-20 08:50';
const STRATEGY = join(import.meta.dirname, 'strategy.ts');
const KILL_POINT = join(import.meta.dirname, 'kill-point.ts');
/** A life that is killed, the one after it; more would be a fault. */
const MOST_LIVES = 3;

/** Two weeks on the paper market, in a process that is killed at `kill` (`<n>. <point>`) and started again; all of it in `folder`. */
export async function runFortnight(folder: string, kill: string | null): Promise<Left> {
  const points = join(folder, 'points.json');
  for (let lives = 1; lives <= MOST_LIVES; lives += 1) {
    const env = { FORTNIGHT_KILL: lives === 1 ? (kill ?? '') : '', FORTNIGHT_POINTS: points };
    const { code, signal, output } = await life(folder, lives === 1 ? UNTIL : UNTIL_AGAIN, env);
    if (signal === 'SIGKILL') continue;
    if (code !== 0) throw new Error(`it ended with ${code ?? signal ?? '?'}: ${output.slice(-2_000)}`);
    return { ...left(folder), points: new Map(JSON.parse(readFileSync(points, 'utf8')) as [string, number][]), lives };
  }
  throw new Error('it was killed again and again');
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly output: string;
}

function life(folder: string, until: string, env: Readonly<Record<string, string>>): Promise<Ended> {
  const market = ['--with-stub', '--at', FROM, '--until', until, '--speed', 'max', '--seed', '1'];
  const places = ['--state', join(folder, 'state'), '--report', join(folder, 'report.json')];
  const args = ['--import', KILL_POINT, '--', BT, 'live', STRATEGY, '--broker', 'qmt-remote', ...market, ...places];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: folder,
      env: { PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text;
      });
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal, output }));
  });
}

function left(folder: string): Omit<Left, 'points' | 'lives'> {
  const ledger = Ledger.read(join(folder, 'state'));
  try {
    const triggers = ledger.triggersSince(0).map(({ key, outcome, reason }) => [key, { outcome, reason }] as const);
    const variables = ledger.state.variables().filter(({ part }) => part === 'g');
    const report = JSON.parse(readFileSync(join(folder, 'report.json'), 'utf8')) as RunReport;
    return {
      triggers: new Map(triggers),
      g: Object.fromEntries(variables.map(({ name, text }) => [name, decodeValue(text ?? 'null')])),
      orders: ledger.ordersSince(0).flatMap(({ orderId, day, side }) => {
        const filled = ledger.intentsOfOrder(orderId).reduce((sum, intent) => sum + intent.filled, 0);
        return filled > 0 ? [`${day} ${side} ${filled}`] : [];
      }),
      held: report.accountAtEnd.positions.reduce((sum, { amount }) => sum + amount, 0),
      began: chinaText(Number(ledger.setting('life_began'))),
    };
  } finally {
    ledger.close();
  }
}
