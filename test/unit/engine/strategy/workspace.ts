import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildStrategy } from '../../../../src/engine/strategy/build/build.ts';
import type { StrategyBundle } from '../../../../src/engine/strategy/types.ts';

/** A throw-away folder that holds one strategy and its bundles. */
export class Workspace {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(files: Readonly<Record<string, string>> = {}): Promise<Workspace> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'bt-strategy-')));
    const workspace = new Workspace(folder);
    await workspace.write(files);
    return workspace;
  }

  async write(files: Readonly<Record<string, string>>): Promise<void> {
    for (const [name, text] of Object.entries(files)) {
      await mkdir(dirname(this.path(name)), { recursive: true });
      await writeFile(this.path(name), text);
    }
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  get outDir(): string {
    return join(this.folder, '.bt');
  }

  build(entry = 'main.ts'): Promise<StrategyBundle> {
    return buildStrategy({ file: this.path(entry), outDir: this.outDir });
  }

  async remove(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
  }
}
