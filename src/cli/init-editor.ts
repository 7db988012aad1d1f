import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** A strategy is bundled, and each file is a module of its own, also one that imports and exports nothing. */
const MODULES = { module: 'preserve', moduleResolution: 'bundler', moduleDetection: 'force', noEmit: true } as const;
/** Strict, but for `catch (error)`: a script asks it for its message. */
const STRICT = { strict: true, useUnknownInCatchVariables: false } as const;
const OPTIONS = { ...MODULES, ...STRICT, target: 'es2024', lib: ['es2024'], skipLibCheck: true } as const;

/**
 * The text of a tsconfig.json for strategies in `folder`. `root`: this package's. Where it is installed in the folder its name is
 * enough; else its declarations are named by their place on this machine.
 */
export function editorSettings(folder: string, root: string): string {
  const settings = settingsOf(folder, root);
  return `${JSON.stringify(settings, null, 2)}\n`;
}

function settingsOf(folder: string, root: string): object {
  if (existsSync(join(folder, 'node_modules', 'bt-live', 'package.json')))
    return { compilerOptions: { ...OPTIONS, types: ['bt-live/globals'] }, include: ['*.ts'] };
  // A checkout has sources; what is installed has declarations only.
  const checkout = join(root, 'strategies', 'tsconfig.json');
  if (existsSync(checkout)) {
    const typeRoots = [join(root, 'node_modules', '@types')];
    const globals = ['globals.d.ts', 'python/globals.d.ts'].map((file) => join(root, 'runtime', file));
    return { extends: checkout, compilerOptions: { ...MODULES, ...STRICT, typeRoots }, include: ['*.ts', ...globals] };
  }
  const declarations = join(root, 'dist', 'types', 'globals.d.ts');
  return { compilerOptions: { ...OPTIONS, types: [] }, include: ['*.ts', declarations] };
}
