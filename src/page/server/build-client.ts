import { fileURLToPath } from 'node:url';
import { BtError, errorMessage } from '../../domain/errors.ts';

const CLIENT = fileURLToPath(new URL('../client/', import.meta.url));

/**
 * Makes the page's script and style from its sources, which only a checkout has, with the packages that it is made of. Throws BtError
 * PAGE_NOT_BUILT.
 */
export async function buildClient(): Promise<{ readonly js: string; readonly css: string }> {
  // Loaded where it is needed: a package holds what it makes.
  const { build } = await import('esbuild');
  const made = await build({
    absWorkingDir: CLIENT,
    entryPoints: { client: 'main.tsx', style: 'styles/page.css' },
    outdir: CLIENT,
    write: false,
    bundle: true,
    minify: true,
    format: 'esm',
    platform: 'browser',
    target: ['chrome111', 'firefox115', 'safari16.4'],
    jsx: 'automatic',
    jsxImportSource: 'preact',
    legalComments: 'none',
    charset: 'utf8',
    logLevel: 'silent',
  }).catch((error: unknown) => {
    throw new BtError(
      'PAGE_NOT_BUILT',
      `The page cannot be made from its sources (${errorMessage(error)}). Run npm ci, which brings what it is made of.`,
      { fault: 'config', cause: error },
    );
  });
  const text = (end: string): string => made.outputFiles.find(({ path }) => path.endsWith(end))?.text ?? '';
  return { js: text('client.js'), css: text('style.css') };
}
