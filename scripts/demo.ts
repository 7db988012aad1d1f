import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { RunReport } from '../src/engine/report.ts';
import { judgeDemo } from './judge-demo.ts';

/** `npm start`: the demo strategy trades a morning on the paper market; its report decides whether all went well. */
const ROOT = fileURLToPath(new URL('../', import.meta.url));
const COMMAND = ['live', 'strategies/demo.ts', '--broker', 'qmt-remote', '--with-stub'];
const MORNING = ['--at', '2026-07-06 09:34:30', '--speed', '30', '--until', '09:41'];

function run(reportFile: string): Promise<number | null> {
  const args = [join(ROOT, 'src', 'bin', 'bt.js'), ...COMMAND, ...MORNING, '--report', reportFile];
  console.log(`> bt ${[...COMMAND, ...MORNING].map((arg) => (arg.includes(' ') ? `'${arg}'` : arg)).join(' ')}\n`);
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { cwd: ROOT, stdio: 'inherit' });
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      // We outlive the child. On Windows a forwarded signal would kill it, and the terminal has told it already.
      process.on(signal, () => process.platform !== 'win32' && child.kill(signal));
    }
    child.on('error', reject);
    child.on('exit', resolve);
  });
}

function verdict(reportFile: string): boolean {
  const findings = judgeDemo(JSON.parse(readFileSync(reportFile, 'utf8')) as RunReport);
  console.log('\nThe morning, held against what it should be:');
  for (const { what, ok, detail } of findings) {
    console.log(`  ${ok ? 'ok  ' : 'FAIL'} ${what}${detail === '' ? '' : `: ${detail}`}`);
  }
  const good = findings.every(({ ok }) => ok);
  console.log(good ? '\nAll as it should be.' : '\nSomething went wrong: see the lines above.');
  return good;
}

const folder = mkdtempSync(join(tmpdir(), 'bt-demo-'));
try {
  const reportFile = join(folder, 'run.json');
  const code = await run(reportFile);
  // Judged also after a failure: the findings say what the exit code does not.
  const good = code === 0 || code === 2 || code === 3 ? verdict(reportFile) : false;
  process.exitCode = good ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
