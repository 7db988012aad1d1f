import { cpSync, existsSync, readdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { launch, ROOT, temporaryFolder } from './processes.ts';

/** What a build is made of. */
const INPUTS = ['src', 'runtime', join('scripts', 'build.ts'), 'package.json', 'tsconfig.json'];
/** What the published package holds of it. */
const PARTS = ['dist', join('src', 'bin'), 'strategies', 'package.json'];

/** A folder with the package as users install it: built JavaScript, no sources. Builds it when the sources are newer. */
export async function installedPackage(): Promise<string> {
  if (!isBuilt()) await build();
  const folder = temporaryFolder();
  for (const part of PARTS) cpSync(join(ROOT, part), join(folder, part), { recursive: true });
  symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'), 'junction');
  return folder;
}

async function build(): Promise<void> {
  const running = launch([join(ROOT, 'scripts', 'build.ts')], { cwd: ROOT });
  await running.ended;
  if (running.child.exitCode !== 0) throw new Error(`npm run build failed: ${await running.output}`);
}

function isBuilt(): boolean {
  const built = join(ROOT, 'dist', 'main.js');
  return existsSync(built) && Math.max(...INPUTS.map((input) => newest(join(ROOT, input)))) < statSync(built).mtimeMs;
}

/** Epoch ms of the last change to a file, or to any file or folder in a folder. */
function newest(path: string): number {
  const { mtimeMs } = statSync(path);
  if (!statSync(path).isDirectory()) return mtimeMs;
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  return Math.max(mtimeMs, ...names.map((name) => statSync(join(path, name)).mtimeMs));
}
