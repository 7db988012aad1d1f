/** Runs every script of a folder for a simulated week on the paper market, and says how each ended; see docs/python.md, "How many scripts run". */
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { runScript } from './corpus/run-script.ts';
import { corpusTable, type Result } from './corpus/table.ts';

const HELP = `Usage: npm run corpus -- FOLDER [options]
  --jobs N        scripts at a time (default: one a core)
  --report FILE   write each script's end as JSON: its file name, the kind, the cause, orders, seconds, load; nothing of its text
  --at TIME       first moment (default '2026-06-29 06:30:00', before the first tasks of a day)
  --until TIME    last moment (default '2026-07-03 15:30:00')
  --limit N       wall seconds a script may take (default 180)
  --only A,B      these scripts only (names without .py)
  --bt FILE       the bt.js that runs them, of an installed package (default: these sources, which start slower)
  --logs FOLDER   keep there what each script printed and its report, to find a cause by
  --option X      a further option of bt live, as often as you like: --option=--no-compat

BT_PYTHON chooses the Python. Findings of the check before the open do not keep a script from running here (--force).`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    jobs: { type: 'string', default: String(availableParallelism()) },
    report: { type: 'string' },
    at: { type: 'string', default: '2026-06-29 06:30:00' },
    until: { type: 'string', default: '2026-07-03 15:30:00' },
    limit: { type: 'string', default: '180' },
    only: { type: 'string' },
    bt: { type: 'string' },
    logs: { type: 'string' },
    option: { type: 'string', multiple: true, default: [] },
    help: { type: 'boolean', default: false },
  },
});

const [folder] = positionals;
if (values.help || folder === undefined) {
  console.log(HELP);
  process.exitCode = values.help ? 0 : 1;
} else {
  await corpus(folder);
}

async function corpus(from: string): Promise<void> {
  const only = values.only?.split(',') ?? null;
  const names = (await readdir(from)).filter((name) => /\.(?:py|ts|js)$/u.test(name)).toSorted();
  const chosen = names.filter((name) => only === null || only.includes(name.replace(/\.\w+$/u, '')));
  const week = {
    from: values.at,
    until: values.until,
    limitSeconds: Number(values.limit),
    options: values.option,
    bt: values.bt ?? null,
    logs: values.logs ?? null,
  };
  if (values.logs !== undefined) await mkdir(values.logs, { recursive: true });
  const results: Result[] = [];
  const waiting = chosen.map((name) => resolve(join(from, name)));
  const work = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const result = await runScript(path, week);
      results.push(result);
      const { script, end, seconds } = result;
      console.log(
        `${String(results.length).padStart(4)}/${chosen.length} ${script} ${seconds.toFixed(1)} s  ${end.kind} ${end.orders} ${end.why}`,
      );
    }
  };
  await Promise.all(Array.from({ length: Number(values.jobs) }, work));
  const ordered = results.toSorted((a, b) => (a.script < b.script ? -1 : 1));
  if (values.report !== undefined) await writeFile(values.report, `${JSON.stringify(ordered, null, 1)}\n`);
  console.log(`\n${corpusTable(ordered)}`);
}
