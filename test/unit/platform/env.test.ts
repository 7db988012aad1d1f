import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';
import { decodeEnvBytes, parseEnvFile } from '../../../src/platform/env-parse.ts';
import { looksReal } from '../../../src/platform/env-secrets.ts';
import { loadEnv } from '../../../src/platform/env.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

const REAL = 'f3A9-77xQ-0bTz-91Lm';
let cwd = '';

beforeEach(() => {
  cwd = temporaryFolder('env');
});

function put(name: string, text: string): void {
  writeFileSync(join(cwd, name), text);
}

describe('layers', () => {
  test('environment > --env-file > .env.local > .env, with the origin of each', () => {
    put('.env', 'A=4\nB=4\nC=4\nD=4\n');
    put('.env.local', 'A=3\nB=3\n\nC=3\n');
    put('prod.env', 'A=2\nB=2\n');
    const env = loadEnv({ cwd, envFile: 'prod.env', environment: { A: '1' } });
    expect(['A', 'B', 'C', 'D', 'E'].map((name) => env.find(name))).toEqual([
      { name: 'A', value: '1', origin: 'environment' },
      { name: 'B', value: '2', origin: 'prod.env line 2' },
      { name: 'C', value: '3', origin: '.env.local line 4' },
      { name: 'D', value: '4', origin: '.env line 4' },
      null,
    ]);
    expect(env.get('D')).toBe('4');
    expect(env.get('E')).toBeNull();
    expect(env.all()).toEqual({ A: '1', B: '2', C: '3', D: '4' });
    expect(env.warnings).toEqual([]);
  });

  test('an empty value counts as unset in every layer', () => {
    put('.env', 'A=deep\nB=\n');
    put('.env.local', 'A=\nC=""\n');
    const env = loadEnv({ cwd, environment: { A: '', B: '  ' } });
    expect(env.get('A')).toBe('deep');
    expect(env.get('B')).toBeNull();
    expect(env.get('C')).toBeNull();
  });

  test('what Node itself took from --env-file is not the environment', () => {
    put('prod.env', 'QMT_SERVER_TOKEN=ab#cd\nHOST=there\n');
    const env = loadEnv({ cwd, envFile: 'prod.env', environment: { QMT_SERVER_TOKEN: 'ab', HOST: 'here' } });
    expect(env.find('QMT_SERVER_TOKEN')).toEqual({
      name: 'QMT_SERVER_TOKEN',
      value: 'ab#cd',
      origin: 'prod.env line 1',
    });
    expect(env.find('HOST')?.value).toBe('here');
  });

  test('never looks upwards', () => {
    put('.env', 'A=above\n');
    mkdirSync(join(cwd, 'below'));
    expect(loadEnv({ cwd: join(cwd, 'below'), environment: {} }).get('A')).toBeNull();
  });

  test('a named file that is missing is an error that says so', () => {
    expect(() => loadEnv({ cwd, envFile: 'nowhere.env', environment: {} })).toThrow(
      expect.objectContaining({ code: 'ENV_FILE', message: expect.stringContaining('nowhere.env') as string }),
    );
  });

  test('a folder called .env is an error, not a crash', () => {
    mkdirSync(join(cwd, '.env'));
    expect(() => loadEnv({ cwd, environment: {} })).toThrow(expect.objectContaining({ code: 'ENV_FILE' }));
  });

  test('lines without meaning are named', () => {
    put('.env', 'A=1\nnonsense\nB="open\n');
    expect(loadEnv({ cwd, environment: {} }).warnings).toEqual([
      '.env line 2 is not of the form NAME=value and was left out',
      '.env line 3 is not of the form NAME=value and was left out',
    ]);
  });
});

describe('the parser', () => {
  const read = (text: string): Record<string, string> =>
    Object.fromEntries([...parseEnvFile(text).values].map(([name, { value }]) => [name, value]));

  test.each([
    ['A=1', '1'],
    ['  export A = 1  ', '1'],
    ['A=ab#cd', 'ab#cd'],
    ['A=ab # note', 'ab'],
    ['A=# note', ''],
    ["A='a # b'", 'a # b'],
    ['A="a # b" # note', 'a # b'],
    ['A="line\\nnext \\"q\\" \\\\ \\x"', 'line\nnext "q" \\ \\x'],
    ["A='c:\\new'", 'c:\\new'],
    ['A=c:\\new folder', 'c:\\new folder'],
    ['A=a=b', 'a=b'],
    ['A=1\r\nA=2\r\n', '2'],
    ['A=$HOME', '$HOME'],
    ['A=中文 值', '中文 值'],
  ])('%j', (text, value) => {
    expect(read(text)).toEqual({ A: value });
  });

  test.each(['A', '=1', '1A=2', "A='open", 'A="x" y'])('%j means nothing', (text) => {
    expect(parseEnvFile(text)).toEqual({ values: new Map(), badLines: [1] });
  });

  test('reads files with marks and UTF-16', () => {
    expect(read(decodeEnvBytes(Buffer.from('\uFEFFA=1\n')))).toEqual({ A: '1' });
    expect(read(decodeEnvBytes(Buffer.from('\uFEFFA=值\r\n', 'utf16le')))).toEqual({ A: '值' });
  });

  test('gives back any quoted value', () => {
    fc.assert(
      fc.property(fc.string(), (any) => {
        // What JSON writes with a code of its own, \\b or \\f the parser does not know.
        const value = Array.from(any.toWellFormed())
          .filter((c) => (c >= ' ' && !/[\u2028\u2029]/u.test(c)) || '\t\r\n'.includes(c))
          .join('');
        expect(read(`A=${JSON.stringify(value)}`)).toEqual({ A: value });
      }),
    );
  });
});

describe('tokens in tracked files', () => {
  const git = (...args: string[]): void => {
    execFileSync('git', args, { cwd, stdio: 'ignore' });
  };

  test('a real-looking token in a tracked file is warned of, without its value', () => {
    git('init', '-q');
    put('.env', `# hello\nQMT_SERVER_TOKEN=${REAL}\nQMT_SERVER_HOST=10.0.0.200.example.com\n`);
    put('.env.local', `QMT_SERVER_TOKEN=${REAL}\n`);
    git('add', '.env');
    const { warnings } = loadEnv({ cwd, environment: {} });
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(/^\.env line 2 .*QMT_SERVER_TOKEN.*\.env\.local/u);
    expect(warnings[0]).not.toContain(REAL);
  });

  test('untracked files and folders without git give no warning', () => {
    put('.env', `QMT_SERVER_TOKEN=${REAL}\n`);
    expect(loadEnv({ cwd, environment: {} }).warnings).toEqual([]);
    git('init', '-q');
    expect(loadEnv({ cwd, environment: {} }).warnings).toEqual([]);
  });

  test.each([
    ['stub', false],
    ['stub-token', false],
    ['changeme-now', false],
    ['<write-your-token>', false],
    ['your-token-here', false],
    ['xxxxxxxxxxxxxxxx', false],
    ['aaaaaaaaaaaaaaaa', false],
    ['short1', false],
    [REAL, true],
    ['0f5a9c1d2e3b4a5968778695a4b3c2d1', true],
    ['correct-horse-battery', true],
  ])('%s looks real: %s', (value, real) => {
    expect(looksReal(value)).toBe(real);
  });
});
