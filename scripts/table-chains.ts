// Random chains of what strategies write, ours against pandas: node scripts/table-chains.ts --seed 1 --count 20000
import { spawnSync } from 'node:child_process';
import { parseArgs } from 'node:util';
import { compareChains } from '../test/pandas/chains/compare-chains.ts';
import type { Chains, Verdicts } from '../test/pandas/chains/compare-chains.ts';

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1000' },
    /** Also what ours refuses and pandas does not, and the other way. */
    all: { type: 'boolean', default: false },
  },
});
const EACH = 1000;
const say = (text: string): boolean => process.stdout.write(`${text}\n`);
const total: Verdicts = { same: 0, raised: [], crashed: [], different: [], accepted: [] };
let [seed, left] = [Number(values.seed), Number(values.count)];
for (; left > 0; left -= EACH, seed += 1) {
  const script = new URL('../test/pandas/chains/chains.py', import.meta.url).pathname;
  const options = [script, '--seed', String(seed), '--count', String(Math.min(EACH, left))];
  const made = spawnSync('/usr/bin/python3', options, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (made.status !== 0) throw new Error(`pandas is needed: apt-get install python3-pandas\n${made.stderr}`);
  const found = compareChains(JSON.parse(made.stdout) as Chains);
  total.same += found.same;
  for (const kind of ['raised', 'crashed', 'different', 'accepted'] as const) total[kind].push(...found[kind]);
}
const shown = values.all
  ? (['raised', 'accepted', 'crashed', 'different'] as const)
  : (['crashed', 'different'] as const);
for (const kind of shown) for (const text of total[kind]) say(`${kind}: ${text}`);
const { same, raised, crashed, different, accepted } = total;
say(
  `same ${same}, refused by ours ${raised.length}, by pandas only ${accepted.length}, crashed ${crashed.length}, different ${different.length}`,
);
process.exitCode = crashed.length + different.length === 0 ? 0 : 1;
