import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The package's folder: two folders up in a checkout, one up from the built files. */
const ROOTS = [new URL('../../', import.meta.url), new URL('../', import.meta.url)];

/** Version of this package, from its package.json. */
export function packageVersion(): string {
  return found()?.version ?? 'unknown';
}

/** Path of this package's folder. */
export function packageRoot(): string {
  return fileURLToPath(found()?.root ?? new URL('./', import.meta.url));
}

function found(): { readonly root: URL; readonly version: string } | null {
  for (const root of ROOTS) {
    const manifest = readManifest(new URL('package.json', root));
    if (manifest?.name === 'bt-live') return { root, version: manifest.version };
  }
  return null;
}

function readManifest(url: URL): { name: string; version: string } | null {
  try {
    return JSON.parse(readFileSync(url, 'utf8')) as { name: string; version: string };
  } catch {
    return null;
  }
}
