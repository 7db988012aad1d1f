import { cp, mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { errorCode, errorMessage } from '../../../../../src/domain/errors.ts';
import { displayPath } from '../../../../../src/engine/strategy/build/source-place.ts';
import { Workspace } from '../workspace.ts';

const EMPTY_HOOK = 'function initialize(context) {}\n';
const made: Workspace[] = [];

async function workspace(files: Readonly<Record<string, string>>): Promise<Workspace> {
  const one = await Workspace.make(files);
  made.push(one);
  return one;
}

afterEach(async () => {
  vi.doUnmock('esbuild');
  await Promise.all(made.splice(0).map((one) => one.remove()));
});

async function failure(promise: Promise<unknown>): Promise<{ code: string | null; message: string }> {
  try {
    await promise;
  } catch (error) {
    return { code: errorCode(error), message: errorMessage(error) };
  }
  throw new Error('it was expected to fail');
}

describe('buildStrategy', () => {
  test('bundles the entry with its local files under a name of their content', async () => {
    const space = await workspace({
      'main.ts': `import { f } from './lib/util';\nimport { x } from './other.js';\nimport data from './data.json';\nfunction initialize() { f(x, data); }\n`,
      'lib/util.ts': 'export const f = (...values: unknown[]): unknown => values;\n',
      'other.ts': 'export const x = 1;\n',
      'data.json': '{"a": 1}',
    });
    const bundle = await space.build();
    expect(bundle).toMatchObject({ entry: space.path('main.ts'), entryModule: 'main.ts', cached: false });
    expect([...bundle.inputs].sort()).toEqual(
      ['data.json', 'lib/util.ts', 'main.ts', 'other.ts'].map((name) => space.path(name)),
    );
    expect(bundle.path).toMatch(/main\.[0-9a-f]{16}\.mjs$/u);
    expect(await readFile(bundle.path, 'utf8')).toContain('sourceMappingURL=data:');
  });

  test('uses the bundle again while no file has changed, without loading the bundler', async () => {
    const space = await workspace({ 'main.ts': EMPTY_HOOK });
    const first = await space.build();
    vi.doMock('esbuild', () => {
      throw new Error('not to be loaded');
    });
    const second = await space.build();
    expect(second).toEqual({ ...first, cached: true });
  });

  test.each([
    ['an imported file changes', { 'util.ts': 'export const x = 2;\n' }],
    ['the entry changes', { 'main.ts': `import { x } from './util';\nfunction initialize() { return x; } // now\n` }],
  ])('builds anew when %s, and drops the former bundle', async (_what, change) => {
    const space = await workspace({
      'main.ts': `import { x } from './util';\nfunction initialize() { return x; }\n`,
      'util.ts': 'export const x = 1;\n',
    });
    const first = await space.build();
    await space.write(change);
    const second = await space.build();
    expect(second.cached).toBe(false);
    expect(second.hash).not.toBe(first.hash);
    expect((await readdir(space.outDir)).filter((name) => name.endsWith('.mjs'))).toEqual([
      second.path.slice(space.outDir.length + 1),
    ]);
  });

  test('builds anew when the bundle was deleted or its manifest spoilt', async () => {
    const space = await workspace({ 'main.ts': EMPTY_HOOK });
    const first = await space.build();
    await rm(first.path);
    expect((await space.build()).cached).toBe(false);
    const manifest = (await readdir(space.outDir)).find((name) => name.endsWith('.json')) ?? '';
    await space.write({ [`.bt/${manifest}`]: '{"version": 1' });
    expect((await space.build()).cached).toBe(false);
    expect((await space.build()).cached).toBe(true);
  });

  test('the hash is that of the code: the same wherever the folder lies, and whatever else lies in it', async () => {
    const space = await workspace({
      'a/main.ts': `import '../shared';\n${EMPTY_HOOK}`,
      'shared.ts': 'export {};\n',
    });
    const first = await space.build('a/main.ts');
    const copy = await workspace({ 'notes.txt': 'not part of it' });
    await mkdir(copy.path('a'));
    await cp(space.path('a/main.ts'), copy.path('a/main.ts'));
    await cp(space.path('shared.ts'), copy.path('shared.ts'));
    expect((await copy.build('a/main.ts')).hash).toBe(first.hash);
  });

  test('two strategies of one name share a folder without disturbing each other', async () => {
    const space = await workspace({ 'a/main.ts': EMPTY_HOOK, 'b/main.ts': `${EMPTY_HOOK}// b\n` });
    const [a, b] = await Promise.all([space.build('a/main.ts'), space.build('b/main.ts')]);
    expect(a.path).not.toBe(b.path);
    expect((await space.build('a/main.ts')).cached).toBe(true);
    expect((await space.build('b/main.ts')).cached).toBe(true);
  });

  test('a tsconfig that lies around changes nothing', async () => {
    const space = await workspace({ 'main.ts': EMPTY_HOOK, 'tsconfig.json': '{ "compilerOptions": { nonsense' });
    expect((await space.build()).cached).toBe(false);
  });

  test('an npm package beside the strategy is used where it lies; when it goes, the error says so', async () => {
    const space = await workspace({
      'main.ts': `import { rate } from 'rates';\nimport { readFileSync } from 'node:fs';\nimport path from 'path';\nfunction initialize() { return [rate, readFileSync, path]; }\n`,
      'node_modules/rates/package.json': '{"name": "rates", "type": "module", "exports": "./index.js"}',
      'node_modules/rates/index.js': 'export const rate = 2;',
    });
    const bundle = await space.build();
    expect(await readFile(bundle.path, 'utf8')).toContain('/node_modules/rates/index.js');
    expect(bundle.inputs).toEqual([space.path('main.ts')]);
    await rm(space.path('node_modules'), { recursive: true });
    expect(await failure(space.build())).toMatchObject({ code: 'STRATEGY_IMPORT' });
  });

  test.each([
    'export { initialize } from "./tasks";',
    'export * from "./tasks";',
    'import { initialize as start } from "./tasks"; export { start as handle_data };',
  ])('a hook may come from another file: %s', async (source) => {
    const space = await workspace({ 'main.ts': source, 'tasks.ts': `export ${EMPTY_HOOK}` });
    expect((await space.build()).cached).toBe(false);
  });
});

describe('errors of buildStrategy', () => {
  test.each([
    ['missing.ts', 'there is no such file'],
    ['folder.ts', 'that is not a file'],
    ['main.rb', 'give a .py, .ts or .js file'],
  ])('%s: %s', async (name, text) => {
    const space = await workspace({ 'main.rb': 'def initialize(context); end', 'folder.ts/x.ts': '' });
    const { code, message } = await failure(space.build(name));
    expect(code).toBe('STRATEGY_NOT_FOUND');
    expect(message).toContain(`${displayPath(space.path(name))}: `);
    expect(message).toContain(text);
  });

  test('a syntax error is shown at its line and column', async () => {
    const space = await workspace({ 'main.ts': `${EMPTY_HOOK}const price = ;\n` });
    const { code, message } = await failure(space.build());
    expect(code).toBe('STRATEGY_COMPILE');
    expect(message.split('\n')).toEqual([
      `${space.path('main.ts')}:2:15: Unexpected ";"`,
      '  const price = ;',
      '                ^',
    ]);
  });

  test('Python in a file that does not parse is told in one list, with lines and what to write', async () => {
    const space = await workspace({
      'main.ts': `from jqdata import *\n# one\ndef initialize(context):\n    g.n = None # two\n`,
    });
    const { code, message } = await failure(space.build());
    const file = space.path('main.ts');
    expect(code).toBe('STRATEGY_COMPILE');
    expect(message.split('\n')).toEqual([
      `${file} is TypeScript, and has Python in it:`,
      `  ${file}:1:1 from jqdata import * — take the line out, each name is there by itself`,
      `  ${file}:2:1 # … begins no comment — write // … (also in line 4)`,
      `  ${file}:3:1 def f(x): … — write function f(x) { … }`,
      `  ${file}:4:5 None, True, False — write null, true, false`,
      'Write these lines as TypeScript, blocks in { }, then run bt check again.',
    ]);
  });

  test('columns count characters, and the caret stands right under Chinese text', async () => {
    const space = await workspace({
      'lib/工具.ts': `const 价格 = ;\n`,
      'main.ts': `import './lib/工具';\n${EMPTY_HOOK}`,
    });
    const { message } = await failure(space.build());
    expect(message.split('\n')).toEqual([
      `${space.path('lib/工具.ts')}:1:12: Unexpected ";"`,
      '  const 价格 = ;',
      '               ^',
    ]);
  });

  test('several errors: the first, and how many more', async () => {
    const space = await workspace({ 'main.ts': `import './a';\nimport './b';\n${EMPTY_HOOK}` });
    const { code, message } = await failure(space.build());
    expect(code).toBe('STRATEGY_IMPORT');
    expect(message).toContain('(and 1 more)');
  });

  test.each([
    [`import './utlis';`, 'cannot find "./utlis": check the path', 8],
    [`import x from 'lodash'; x();`, 'cannot find "lodash": install it', 15],
    [
      `import { get_bars, ordr } from 'jqdata'; get_bars(ordr);`,
      '"jqdata" has no export "ordr": check the spelling',
      20,
    ],
    [`import { MA, MAA } from 'talib'; MA(MAA);`, '"talib" has no export "MAA": check the spelling', 14],
    [
      `import { mean, meen } from 'numpy'; mean(meen);`,
      '"numpy" has no export "meen": check the spelling, did you mean mean?',
      16,
    ],
    [`import json from 'json'; json();`, 'cannot find "json": that is Python\'s: write JSON.parse(text)', 18],
    [
      `import { SVC } from 'sklearn.svm'; SVC();`,
      "cannot find \"sklearn.svm\": that is Python's: of it 'sklearn.linear_model'",
      21,
    ],
    [
      `import { f } from 'scipy.optimize'; f();`,
      'cannot find "scipy.optimize": of scipy only what docs/python-names.md lists',
      19,
    ],
    [`import { y } from './tasks'; y();`, '"tasks.ts" has no export "y"', 10],
  ])('%s', async (line, text, column) => {
    const space = await workspace({ 'main.ts': `\n${line}\n${EMPTY_HOOK}`, 'tasks.ts': 'export const x = 1;' });
    const { code, message } = await failure(space.build());
    expect(code).toBe('STRATEGY_IMPORT');
    expect(message).toContain(`${space.path('main.ts')}:2:${column}: ${text}`);
    expect(message).toContain(`\n  ${line}\n`);
  });

  test.each(['export const x = 1;', '', 'function initialise(context) {}', 'class Strategy { initialize() {} }'])(
    'nothing to run in %j',
    async (source) => {
      const space = await workspace({ 'main.ts': source });
      const { code, message } = await failure(space.build());
      expect(code).toBe('STRATEGY_EMPTY');
      expect(message).toContain('function initialize(context)');
      expect(message).not.toContain('    at ');
    },
  );

  test('a failed build is tried again each time', async () => {
    const space = await workspace({ 'main.ts': 'const = 1' });
    await failure(space.build());
    await space.write({ 'main.ts': EMPTY_HOOK });
    expect((await space.build()).cached).toBe(false);
  });
});

describe('a file that is not UTF-8', () => {
  /** `价格` in GBK. */
  const GBK = Buffer.from('bcdbb8f1', 'hex');
  const LATIN = Buffer.from('caf\xe9', 'latin1');
  const source = (text: Buffer): Buffer =>
    Buffer.concat([Buffer.from("function initialize(context) { log.info('"), text, Buffer.from("'); }\n")]);

  test('is read as GBK, and said to be each time, also when it comes from the cache', async () => {
    const space = await workspace({ 'main.ts': '' });
    await writeFile(space.path('main.ts'), source(GBK));
    for (const cached of [false, true]) {
      const bundle = await space.build();
      expect(bundle.cached).toBe(cached);
      expect(await readFile(bundle.path, 'utf8')).toContain('log.info("价格")');
      expect(bundle.notes).toEqual([expect.stringMatching(/main\.ts is not UTF-8 .*GBK/u)]);
    }
  });

  test('is read as UTF-16 with its mark; UTF-8 with a mark is plain UTF-8', async () => {
    const space = await workspace({ 'main.ts': '' });
    await writeFile(space.path('main.ts'), Buffer.from(`\ufeff${source(Buffer.from('价格')).toString()}`, 'utf16le'));
    expect(await readFile((await space.build()).path, 'utf8')).toContain('价格');
    await writeFile(space.path('main.ts'), Buffer.concat([Buffer.from('\ufeff'), source(Buffer.from('价格'))]));
    const bundle = await space.build();
    expect(bundle.notes).toEqual([]);
    expect(await readFile(bundle.path, 'utf8')).toContain('价格');
  });

  test('is refused by name when it is none of these, also an imported one', async () => {
    const space = await workspace({
      'main.ts': `import { a } from './other.ts';\n${EMPTY_HOOK}a();\n`,
      'other.ts': '',
    });
    await writeFile(space.path('other.ts'), source(LATIN));
    const { code, message } = await failure(space.build());
    expect(code).toBe('STRATEGY_ENCODING');
    expect(message).toMatch(/other\.ts: it is neither UTF-8 nor GBK .*save it as UTF-8$/u);
  });
});
