/** Runs the reference's clients against our server and ours against its, and prints what each call came to. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { errorMessage } from '../src/domain/errors.ts';
import { runOurClient } from './interop/our-client.ts';
import { obstacle, runProgram } from './interop/python.ts';
import type { Places } from './interop/python.ts';
import { trialTable, trialTotals } from './interop/rows.ts';
import type { Row, Trial } from './interop/rows.ts';
import { serverKinds } from './interop/servers.ts';
import { runStartLines } from './interop/start-lines.ts';

const HELP = `Usage: node scripts/interop.ts CHECKOUT [options]
  CHECKOUT         a checkout of BulletTrade/bullet-trade (be0451b or newer); nothing of it is copied or changed
  --python PATH    a Python with pandas (default: python3)
  --only WORD      only programs whose name has this word

Packages that the reference imports and does not need here (jqdatasdk) are stood in for when they are not installed.`;

interface Program {
  readonly name: string;
  run(places: Places, port: number): Promise<Row[]>;
}

const PROGRAMS: readonly Program[] = [
  { name: 'their client', run: (places, port) => runProgram(places, 'their_client.py', port) },
  { name: 'their JoinQuant helper', run: (places, port) => runProgram(places, 'their_helper.py', port) },
  { name: 'their runtime probe, with orders', run: (places, port) => runProgram(places, 'their_probe.py', port) },
  { name: 'our client', run: (_, port) => runOurClient(port) },
  { name: 'our JoinQuant helper', run: (places, port) => runProgram(places, 'our_helper.py', port) },
];

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    python: { type: 'string', default: 'python3' },
    only: { type: 'string', default: '' },
    help: { type: 'boolean', default: false },
  },
});

const [checkout] = positionals;
if (values.help || checkout === undefined) {
  console.log(HELP);
  process.exitCode = values.help ? 0 : 1;
} else {
  const wanted = { checkout: resolve(checkout), python: values.python };
  const why = obstacle(wanted);
  if (why === null) await interop(wanted);
  else console.log(`Skipped: ${why}.`);
}

async function interop(wanted: Pick<Places, 'checkout' | 'python'>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'bt-interop-'));
  try {
    const trials: Trial[] = [];
    const keep = (trial: Trial): void => {
      trials.push(trial);
      console.log(trialTable(trial));
    };
    for (const program of PROGRAMS.filter(({ name }) => name.includes(values.only)))
      keep({ program: program.name, results: await againstAll(program, { ...wanted, folder }) });
    if ('their start lines'.includes(values.only))
      keep({ program: 'their start lines', results: new Map([['ours', await runStartLines(folder)]]) });
    console.log(trials.map(trialTotals).join('\n'));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function againstAll(program: Program, places: Places): Promise<Map<string, readonly Row[]>> {
  const results = new Map<string, readonly Row[]>();
  for (const kind of serverKinds(places)) {
    try {
      const server = await kind.start();
      try {
        results.set(kind.name, await program.run(places, server.port));
      } finally {
        await server.stop();
      }
    } catch (error) {
      results.set(kind.name, [{ what: 'the server', kind: 'skipped', text: errorMessage(error) }]);
    }
  }
  return results;
}
