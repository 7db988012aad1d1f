import { createHash } from 'node:crypto';
import { access, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { uuid } from '../../../platform/ids.ts';
import type { SourceFinding, SourceUse } from '../types.ts';
import { fileStem, modulePath } from './module-path.ts';

/** Grows whenever we build differently from the same sources. */
const BUILD_VERSION = 6;

/** What lies beside a bundle: everything that must be unchanged for the bundle to be used again. */
export interface Manifest {
  readonly version: number;
  readonly entry: string;
  /** File name of the bundle, in the same folder. */
  readonly bundle: string;
  readonly hash: string;
  /** SHA-256 of each local file by absolute path. */
  readonly inputs: Readonly<Record<string, string>>;
  /** Local files that are not UTF-8. */
  readonly reencoded: readonly string[];
  /** Functions that the entry declares or exports. */
  readonly functions: readonly string[];
  /** Names of the API that the local files use. */
  readonly uses: readonly SourceUse[];
  /** What in them will not do what their author means. */
  readonly findings: readonly SourceFinding[];
  /** npm files that must still lie where they did. */
  readonly packages: readonly string[];
}

/** The manifest's path for an entry: one a strategy, whatever its code. */
export function manifestPath(entry: string, outDir: string): string {
  return join(outDir, `${fileStem(entry)}.${sha256(entry).slice(0, 8)}.json`);
}

/** The last build of this entry if not one of its files has changed, else null. */
export async function findBuild(entry: string, outDir: string): Promise<Manifest | null> {
  const manifest = await readManifest(manifestPath(entry, outDir));
  if (manifest === null || manifest.version !== BUILD_VERSION || manifest.entry !== entry) return null;
  try {
    await access(join(outDir, manifest.bundle));
    await Promise.all(manifest.packages.map((path) => access(path)));
    const hashes = await Promise.all(
      Object.entries(manifest.inputs).map(async ([path, hash]) => sha256(await readFile(path)) === hash),
    );
    return hashes.every(Boolean) ? manifest : null;
  } catch {
    return null; // a file is gone or unreadable: a build will say which
  }
}

/** Stores a bundle and its manifest, each appearing whole or not at all, and drops the entry's former bundle. */
export async function storeBuild(
  sources: {
    entry: string;
    inputs: ReadonlyMap<string, string>;
    reencoded: ReadonlySet<string>;
    functions: readonly string[];
    uses: readonly SourceUse[];
    findings: readonly SourceFinding[];
    packages: ReadonlySet<string>;
  },
  outDir: string,
  code: Uint8Array,
): Promise<Manifest> {
  const { entry } = sources;
  const hash = codeHash(entry, sources.inputs);
  const manifest: Manifest = {
    version: BUILD_VERSION,
    entry,
    bundle: `${fileStem(entry)}.${sha256(`${BUILD_VERSION} ${entry} ${hash}`).slice(0, 16)}.mjs`,
    hash,
    inputs: Object.fromEntries(sources.inputs),
    reencoded: [...sources.reencoded],
    functions: sources.functions,
    uses: sources.uses,
    findings: sources.findings,
    packages: [...sources.packages],
  };
  const path = manifestPath(entry, outDir);
  const former = await readManifest(path);
  await writeWhole(join(outDir, manifest.bundle), code);
  await writeWhole(path, JSON.stringify(manifest, null, 1));
  if (former !== null && former.bundle !== manifest.bundle) await rm(join(outDir, former.bundle), { force: true });
  return manifest;
}

/** Changes exactly when a local file changes, appears or goes; the same wherever the folder lies. */
function codeHash(entry: string, inputs: ReadonlyMap<string, string>): string {
  const lines = [...inputs].map(([path, hash]) => `${modulePath(path, entry)} ${hash}`).sort();
  return sha256(lines.join('\n'));
}

async function readManifest(path: string): Promise<Manifest | null> {
  try {
    return JSON.parse(await readFile(path, 'utf8')) as Manifest; // written by us; `version` is looked at first
  } catch {
    return null;
  }
}

/** So that nobody reads half of it. */
export async function writeWhole(path: string, content: Uint8Array | string): Promise<void> {
  const draft = `${path}.${uuid()}.tmp`;
  await writeFile(draft, content, { mode: 0o600 });
  await rename(draft, path);
}

/** In hex. */
export function sha256(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex');
}
