import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { BtError } from '../../../src/domain/errors.ts';
import { callControl, serveControl, type ControlServer } from '../../../src/platform/control-socket.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

let folder = '';
let server: ControlServer | null = null;
beforeEach(() => {
  folder = temporaryFolder('control');
});
afterEach(async () => {
  await server?.close();
  server = null;
});

const request = { command: 'echo', values: { text: '你好' } };

describe('the control socket', () => {
  it('carries a command and its answer', async () => {
    server = await serveControl(folder, ({ command, values }) => Promise.resolve(`${command} ${values['text'] ?? ''}`));
    expect(await callControl(folder, request)).toBe('echo 你好');
  });

  it('passes an error on with its code', async () => {
    server = await serveControl(folder, () =>
      Promise.reject(new BtError('NO_ORDER', 'There is none.', { fault: 'config' })),
    );
    await expect(callControl(folder, request)).rejects.toMatchObject({ code: 'NO_ORDER', message: 'There is none.' });
  });

  it('says CONTROL_FAILED when what answers is no answer', async () => {
    const path = join(folder, 'half.sock');
    const half = createServer((socket) => socket.resume().end('{"ok":tr\n'));
    await new Promise<void>((done) => half.listen(path, done));
    writeFileSync(join(folder, 'control.json'), JSON.stringify({ path, token: 'x' }));
    await expect(callControl(folder, request)).rejects.toMatchObject({ code: 'CONTROL_FAILED' });
    await new Promise<void>((done) => half.close(() => done()));
  });

  it('says null when no engine runs, also when a killed one left its files', async () => {
    expect(await callControl(folder, request)).toBeNull();
    writeFileSync(join(folder, 'control.json'), JSON.stringify({ path: join(folder, 'gone.sock'), token: 'x' }));
    expect(await callControl(folder, request)).toBeNull();
  });

  it('takes over the socket that a killed engine left', async () => {
    writeFileSync(join(folder, 'control.sock'), '');
    server = await serveControl(folder, () => Promise.resolve('new'));
    expect(await callControl(folder, request)).toBe('new');
  });

  it('is only for those who may read the folder', async () => {
    server = await serveControl(folder, () => Promise.resolve('secret'));
    const file = join(folder, 'control.json');
    expect(statSync(file).mode & 0o077).toBe(0);
    const address = JSON.parse(readFileSync(file, 'utf8')) as { path: string };
    writeFileSync(file, JSON.stringify({ ...address, token: 'guess' }));
    await expect(callControl(folder, request)).rejects.toMatchObject({ code: 'CONTROL_REFUSED' });
  });

  it('works in a folder whose path is longer than a socket’s may be', async () => {
    const deep = join(folder, 'a'.repeat(60), 'b'.repeat(60));
    mkdirSync(deep, { recursive: true });
    server = await serveControl(deep, () => Promise.resolve('deep'));
    expect(await callControl(deep, request)).toBe('deep');
  });

  it('is there in a folder of its own that nobody knows beforehand or can enter, and that goes with it', async () => {
    const deep = join(folder, 'a'.repeat(60), 'b'.repeat(60));
    mkdirSync(deep, { recursive: true });
    const address = (): string =>
      (JSON.parse(readFileSync(join(deep, 'control.json'), 'utf8')) as { path: string }).path;
    server = await serveControl(deep, () => Promise.resolve(''));
    const first = dirname(address());
    expect(statSync(first).mode & 0o077).toBe(0);
    const left = readFileSync(join(deep, 'control.json'));
    await server.close();
    expect(existsSync(first)).toBe(false);
    // A killed engine leaves its folder; the next one makes another and takes that away.
    mkdirSync(first);
    writeFileSync(join(deep, 'control.json'), left);
    server = await serveControl(deep, () => Promise.resolve(''));
    expect(dirname(address())).not.toBe(first);
    expect(existsSync(first)).toBe(false);
  });

  it('leaves nothing behind', async () => {
    server = await serveControl(folder, () => Promise.resolve(''));
    await server.close();
    server = null;
    expect(existsSync(join(folder, 'control.json'))).toBe(false);
    expect(await callControl(folder, request)).toBeNull();
  });
});
