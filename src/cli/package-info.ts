import { readFileSync } from 'node:fs';

/** Version of this package, from its package.json: two folders up in a checkout, one up from the built files. */
export function packageVersion(): string {
  for (const url of [new URL('../../package.json', import.meta.url), new URL('../package.json', import.meta.url)]) {
    const found = readManifest(url);
    if (found?.name === 'bt-live') return found.version;
  }
  return 'unknown';
}

function readManifest(url: URL): { name: string; version: string } | null {
  try {
    return JSON.parse(readFileSync(url, 'utf8')) as { name: string; version: string };
  } catch {
    return null;
  }
}
