import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { SourceFile } from './syntax.ts';

export const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const FOLDERS = ['src', 'runtime', 'strategies', 'helpers'];

/** The files that the law speaks of. */
export function sources(): SourceFile[] {
  const present = new Set(readdirSync(ROOT));
  return FOLDERS.filter((folder) => present.has(folder)).flatMap((folder) =>
    readdirSync(ROOT + folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.(?:tsx?|js|cjs|mjs)$/u.test(name))
      .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
      .map((path) => ({ path, text: readFileSync(ROOT + path, 'utf8').replaceAll('\r\n', '\n') })),
  );
}
