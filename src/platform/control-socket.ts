import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createConnection, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { BtError, errorCode, errorMessage } from '../domain/errors.ts';
import { cleanData, cleanText, WHOLE_DATA } from './exit-text.ts';
import { writePrivate } from './private-files.ts';
import { after } from './timers.ts';

/** Where a running engine listens, for those who may read its folder: socket (or pipe) and a random token. */
const ADDRESS_FILE = 'control.json';
/** A Unix socket's path holds about 100 bytes. */
const LONGEST_PATH = 100;
/** Begins the name of a folder for a socket that has no room in the instance's. */
const FAR_FOLDER = 'bt-control-socket-';
const LONGEST_LINE = 64 * 1024;
/** An engine's status tells of each holding. */
const LONGEST_ANSWER = 8 * 1024 * 1024;
const ANSWER_TIMEOUT_MS = 30_000;

/** One command to a running engine; `values` are its named arguments. */
export interface ControlRequest {
  readonly command: string;
  readonly values: Readonly<Record<string, string>>;
}

export type ControlAnswer =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly code: string; readonly text: string };

/** A text for a person, or data, which is handed on as JSON. */
export type ControlReply = string | { readonly data: unknown };

export interface ControlServer {
  close(): Promise<void>;
}

/** Serves commands on a local socket of an instance's folder: nobody without read access to the folder can use it. */
export async function serveControl(
  folder: string,
  handle: (request: ControlRequest) => Promise<ControlReply>,
): Promise<ControlServer> {
  removeLeftover(folder);
  const path = socketPath(folder);
  const token = randomBytes(16).toString('hex');
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => socket.destroy());
    readLine(socket, LONGEST_LINE, (line) => {
      void answer(line, token, handle).then((reply) => socket.end(`${JSON.stringify(reply)}\n`));
    });
  });
  if (process.platform !== 'win32') rmSync(path, { force: true });
  await new Promise<void>((done, fail) => {
    server.once('error', fail);
    server.listen(path, done);
  });
  if (process.platform !== 'win32') chmodSync(path, 0o600);
  const file = join(folder, ADDRESS_FILE);
  writePrivate(file, JSON.stringify({ path, token }));
  return {
    async close() {
      rmSync(file, { force: true });
      for (const socket of sockets) socket.destroy();
      await new Promise<void>((done) => server.close(() => done()));
      removeFolderOf(path);
    },
  };
}

/**
 * Sends one command to the engine of an instance's folder. Null when none runs there; BtError with the engine's own code when
 * it refused, CONTROL_FAILED when it did not answer.
 */
export async function callControl(
  folder: string,
  request: ControlRequest,
  timeoutMs = ANSWER_TIMEOUT_MS,
): Promise<string | null> {
  const address = readAddress(folder);
  if (address === null) return null;
  let reply: ControlAnswer;
  try {
    const line = await exchange(address.path, `${JSON.stringify({ token: address.token, ...request })}\n`, timeoutMs);
    reply = JSON.parse(line) as ControlAnswer;
  } catch (error) {
    // What a killed engine leaves behind: the file without anybody listening.
    if (['ENOENT', 'ECONNREFUSED'].includes(errorCode(error) ?? '')) return null;
    throw new BtError(
      'CONTROL_FAILED',
      `The running engine does not answer (${errorMessage(error)}). Try again, or stop it and repeat the command.`,
      {
        fault: 'config',
        cause: error,
      },
    );
  }
  if (reply.ok) return reply.text;
  throw new BtError(reply.code, reply.text, { fault: 'config' });
}

async function answer(
  line: string,
  token: string,
  handle: (request: ControlRequest) => Promise<ControlReply>,
): Promise<ControlAnswer> {
  try {
    const request = JSON.parse(line) as Partial<ControlRequest> & { readonly token?: unknown };
    if (!sameToken(request.token, token))
      return { ok: false, code: 'CONTROL_REFUSED', text: 'Wrong token. Read control.json of the instance again.' };
    const reply = await handle({ command: request.command ?? '', values: request.values ?? {} });
    // Cleaned as data: what is cut or blotted out of a text of JSON is none any more.
    const text = typeof reply === 'string' ? cleanText(reply) : JSON.stringify(cleanData(reply.data, WHOLE_DATA));
    return { ok: true, text };
  } catch (error) {
    return { ok: false, code: errorCode(error) ?? 'CONTROL_FAILED', text: cleanText(errorMessage(error)) };
  }
}

function sameToken(given: unknown, token: string): boolean {
  const a = Buffer.from(typeof given === 'string' ? given : '');
  const b = Buffer.from(token);
  return a.length === b.length && timingSafeEqual(a, b);
}

function exchange(path: string, line: string, timeoutMs: number): Promise<string> {
  return new Promise((done, fail) => {
    const socket = createConnection(path, () => socket.write(line));
    const timer = after(timeoutMs, () => socket.destroy(new Error(`no answer in ${timeoutMs / 1000} s`)));
    readLine(socket, LONGEST_ANSWER, (reply) => {
      timer.cancel();
      socket.destroy();
      done(reply);
    });
    socket.on('error', (error) => {
      timer.cancel();
      fail(error);
    });
    socket.on('close', () => fail(new Error('the engine closed the connection')));
  });
}

/** Calls `use` with the first line; a longer one than any of its kind ends the connection. */
function readLine(socket: Socket, longest: number, use: (line: string) => void): void {
  let text = '';
  let done = false;
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    if (done) return;
    text += chunk;
    const end = text.indexOf('\n');
    if (end >= 0) {
      done = true;
      use(text.slice(0, end));
    } else if (text.length > longest) {
      socket.destroy();
    }
  });
}

/** True where an engine listens, or one that was killed did. */
export function hasControl(folder: string): boolean {
  return existsSync(join(folder, ADDRESS_FILE));
}

function readAddress(folder: string): { readonly path: string; readonly token: string } | null {
  const file = join(folder, ADDRESS_FILE);
  if (!existsSync(file)) return null;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { path: string; token: string };
  } catch {
    return null;
  }
}

/**
 * In the instance's folder; where that path is too long, in a new folder of the temporary one that is ours alone: a name that others
 * know beforehand could be taken by them.
 */
function socketPath(folder: string): string {
  const hash = createHash('sha256').update(resolve(folder)).digest('hex').slice(0, 16);
  if (process.platform === 'win32') return `\\\\.\\pipe\\bt-${hash}`;
  const inside = join(resolve(folder), 'control.sock');
  return Buffer.byteLength(inside) <= LONGEST_PATH ? inside : join(mkdtempSync(join(shortTmp(), FAR_FOLDER)), 's');
}

function shortTmp(): string {
  const usual = tmpdir();
  return Buffer.byteLength(usual) <= LONGEST_PATH - FAR_FOLDER.length - 9 ? usual : '/tmp';
}

/** What a killed engine left. */
function removeLeftover(folder: string): void {
  const left = readAddress(folder)?.path ?? null;
  if (left !== null) removeFolderOf(left);
}

/** Only a folder that `socketPath` made for a socket outside the instance's. */
function removeFolderOf(path: string): void {
  const folder = dirname(path);
  if (basename(path) === 's' && basename(folder).startsWith(FAR_FOLDER))
    rmSync(folder, { recursive: true, force: true });
}
