import { createSocket } from 'node:dgram';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { probeClock, probePort, probeSdk, probeTerminal, probeUserdata } from '../../../../src/cli/doctor/probes.ts';
import type { SdkProbe } from '../../../../src/cli/doctor/facts.ts';
import { pythonEnvironment } from '../../../../src/platform/env.ts';
import { findInterpreter } from '../../../python/interpreters.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

/** So much of the SDK as the doctor asks, in a few lines. */
const SDK = {
  '__init__.py': "print('hello on standard output')\n__version__ = '1.2'\n",
  'xttype.py':
    'class StockAccount(object):\n    def __new__(cls, number, kind="STOCK"):\n        if number == "bad":\n            return "not an account"\n        one = object.__new__(cls)\n        one.account_id = number\n        return one\n',
  'xtdata.py': 'def get_full_tick(codes):\n    return {codes[0]: {"time": 1783303200000}}\n',
  'xttrader.py': `class XtQuantTraderCallback(object):
    pass
class XtQuantTrader(object):
    def __init__(self, path, session):
        self.path = path
    def register_callback(self, callback):
        pass
    def start(self):
        pass
    def connect(self):
        return CONNECT
    def stop(self):
        pass
    def subscribe(self, account):
        return 0 if account.account_id == '1' else -1
    def query_account_status(self):
        class Status(object):
            account_id, status = '1', 0
        return [Status()]
`,
} as const;

const python = findInterpreter();

function sdkFolder(changed: Partial<Record<keyof typeof SDK, string>> = {}): string {
  const folder = join(temporaryFolder('doctor'), '国金 QMT');
  mkdirSync(join(folder, 'xtquant'), { recursive: true });
  for (const [name, text] of Object.entries({ ...SDK, ...changed }))
    writeFileSync(join(folder, 'xtquant', name), text.replace('CONNECT', '0'));
  return folder;
}

function ask(
  folder: string,
  limitMs = 20_000,
  pythonsOwn?: string,
  data_port: number | null = null,
): Promise<SdkProbe> {
  if (python === null) throw new Error('no python');
  const accounts = [
    ['main', '1', 'stock'],
    ['b', '2', 'stock'],
    ['c', 'bad', 'stock'],
  ] as const;
  const environment = { ...pythonEnvironment(), ...(pythonsOwn === undefined ? {} : { PYTHONPATH: pythonsOwn }) };
  const question = { python: python.path, environment, data_path: folder, data_port, accounts };
  return probeSdk({ ...question, xtquant: [folder], limitMs });
}

describe.skipIf(python === null)('the program that asks the SDK', () => {
  test('tells each step, whatever the import prints, under a folder with Chinese and a space', async () => {
    const { steps, trouble } = await ask(sdkFolder());
    expect(trouble).toBeNull();
    expect(steps.map(({ step }) => step).join(' ')).toBe('python xtquant quotes connect account account account end');
    expect(steps).toMatchObject([
      { bits: 64 },
      { version: '1.2' },
      { time: 1_783_303_200_000 },
      { code: 0 },
      { account: 'main', subscribed: 0, status: 0 },
      { account: 'b', subscribed: -1, status: null },
      { account: 'c', error: 'not an account' },
      {},
    ]);
  });

  test('looks at the SDK that the server takes: Python’s own before the terminal’s copy', async () => {
    const own = sdkFolder({ '__init__.py': "__version__ = 'own'\n" });
    const { steps } = await ask(sdkFolder(), 20_000, own);
    expect(steps.at(1)).toMatchObject({ step: 'xtquant', version: 'own' });
  });

  test('asks for quotes at the port that was named', async () => {
    const xtdata = `asked = []
def connect(ip, port):
    asked.append(port)
def get_full_tick(codes):
    return {codes[0]: {"time": asked[0]}}
`;
    const { steps } = await ask(sdkFolder({ 'xtdata.py': xtdata }), 20_000, undefined, 58_611);
    expect(steps.find(({ step }) => step === 'quotes')).toMatchObject({ time: 58_611 });
  });

  test('tells why the import fails', async () => {
    const { steps } = await ask(sdkFolder({ '__init__.py': "raise ImportError('DLL load failed')\n" }));
    expect(steps.at(1)).toEqual({ step: 'xtquant', error: 'ImportError: DLL load failed' });
    expect(steps.at(-1)?.step).toBe('end');
  });

  test('that hangs is ended, and what it told before counts', async () => {
    const hangs = 'import time\ntime.sleep(3600)\n';
    const { steps, trouble } = await ask(sdkFolder({ '__init__.py': hangs }), 1_500);
    expect(steps.map(({ step }) => step)).toEqual(['python']);
    expect(trouble).toBe('it did not end within 1.5 s');
  });
});

test('a Python that is not there is told', async () => {
  const question = { environment: {}, data_path: '', data_port: null, accounts: [], xtquant: [] };
  const { steps, trouble } = await probeSdk({ ...question, python: '/nowhere/python' });
  expect(steps).toEqual([]);
  expect(trouble).toContain('ENOENT');
});

test('the folder of a terminal', () => {
  const folder = temporaryFolder('doctor');
  expect(probeUserdata(folder)).toEqual({ path: folder, exists: true, writable: true, hasQueue: false });
  mkdirSync(join(folder, 'up_queue_xtquant'));
  expect(probeUserdata(folder).hasQueue).toBe(true);
  expect(probeUserdata(join(folder, 'no'))).toMatchObject({ exists: false, writable: false });
});

test('only Windows is asked for its programs', async () => {
  expect(await probeTerminal('linux')).toBeNull();
});

test('a port that is taken is told, a free one is free', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => void server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  expect(await probePort('127.0.0.1', port)).toContain('EADDRINUSE');
  await new Promise((resolve) => server.close(resolve));
  expect(await probePort('127.0.0.1', port)).toBeNull();
});

describe('the clock', () => {
  /** A time server that is `seconds` behind this machine, or says nothing. */
  async function timeServer(seconds: number | null): Promise<number> {
    const socket = createSocket('udp4');
    onTestFinished(() => void socket.close());
    socket.on('message', (_, peer) => {
      if (seconds === null) return;
      const answer = Buffer.alloc(48);
      answer.writeUInt32BE(Math.floor(Date.now() / 1000 - seconds) + 2_208_988_800, 40);
      socket.send(answer, peer.port, peer.address);
    });
    await new Promise<void>((resolve) => void socket.bind(0, '127.0.0.1', resolve));
    return socket.address().port;
  }

  test('is measured against a time server', async () => {
    const ahead = await probeClock('127.0.0.1', await timeServer(90));
    expect(Math.round((ahead ?? 0) / 10)).toBe(9);
  });

  test('is not guessed when none answers', async () => {
    expect(await probeClock('127.0.0.1', await timeServer(null), 50)).toBeNull();
  });
});
