import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { errorMessage } from '../../../domain/errors.ts';
import { openEnvironment } from '../../../platform/env.ts';
import { LineRation, notShown } from '../../../platform/line-ration.ts';
import type { Log } from '../../../platform/log.ts';
import { decodeText } from '../../../platform/text-encoding.ts';
import { after, monotonic } from '../../../platform/timers.ts';
import { isJsonObject } from '../../../protocol/json.ts';
import type { JsonObject } from '../../../protocol/json.ts';
import { LineSplitter } from './line-splitter.ts';

/** The bridge's own limit and a little: what is longer is no message of its. */
const MOST_BYTES = 33 * 1024 * 1024;
const LONGEST_LOG_LINE = 4_000;
/** What it wrote before its end is waited for so long: a process of its own may hold its pipes open. */
const REST_MS = 1_000;

/** A checkout and the built package have it in the same place, seen from different depths. */
const BRIDGE = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../../helpers/qmt-bridge/bt_qmt_bridge.py', import.meta.url)
    : new URL('../helpers/qmt-bridge/bt_qmt_bridge.py', import.meta.url),
);

export interface BridgeCommand {
  readonly python: string;
  /** Folders in which xtquant may lie where Python does not find it by itself. */
  readonly sdkFolders: readonly string[];
  /** Beside the user's own, for tests. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface BridgeListeners {
  readonly log: Log;
  readonly onMessage: (message: JsonObject) => void;
  /** Once, after everything that it wrote has been told. */
  readonly onEnd: (how: string) => void;
}

/** One life of the Python bridge. Its standard input is its lifeline: when that ends it ends too, whatever hangs in it. */
export class BridgeProcess {
  readonly #child: ChildProcess;
  readonly #listeners: BridgeListeners;
  readonly #messages = new LineSplitter(MOST_BYTES);
  readonly #words: LineRation<string>;
  #lastWords = '';
  #ended = false;

  /** Throws what the system says. */
  constructor({ python, sdkFolders, environment = {} }: BridgeCommand, listeners: BridgeListeners) {
    this.#listeners = listeners;
    this.#words = new LineRation((line) => listeners.log.info(line), notShown, monotonic);
    this.#child = spawn(python, ['-B', BRIDGE, ...sdkFolders], {
      stdio: ['pipe', 'pipe', 'pipe'],
      env: { ...openEnvironment(), ...environment },
      windowsHide: true,
    });
    this.#listen(this.#child);
  }

  get pid(): number | null {
    return this.#child.pid ?? null;
  }

  send(message: JsonObject): void {
    this.#child.stdin?.write(`${JSON.stringify(message)}\n`);
  }

  /** Ends it at once; `onEnd` follows when its last words have been read. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  #listen(child: ChildProcess): void {
    for (const stream of child.stdio) stream?.on('error', () => undefined); // it has ended
    child.stdout?.on('data', (chunk: Buffer) => {
      for (const line of this.#messages.push(chunk)) this.#read(line);
    });
    const words = new LineSplitter(LONGEST_LOG_LINE);
    child.stderr?.on('data', (chunk: Buffer) => {
      for (const line of words.push(chunk)) this.#hear(line);
    });
    child.on('error', (error) => this.#end(`it does not start: ${errorMessage(error)}`));
    child.on('close', (code, signal) => this.#end(this.#howItEnded(code, signal)));
    child.on('exit', (code, signal) => {
      after(REST_MS, () => this.#end(this.#howItEnded(code, signal)));
    });
  }

  #read(line: Buffer): void {
    let message: unknown;
    try {
      message = JSON.parse(line.toString('utf8'));
    } catch (error) {
      this.#listeners.log.error(`a line of the bridge is no message: ${errorMessage(error)}`);
      this.kill();
      return;
    }
    if (isJsonObject(message) && !this.#ended) this.#listeners.onMessage(message);
  }

  /** The SDK's native part writes in the code page of the console. */
  #hear(line: Buffer): void {
    const text = (decodeText(line)?.text ?? line.toString('latin1')).trimEnd();
    if (text === '') return;
    this.#lastWords = text;
    this.#words.write(text);
  }

  #howItEnded(code: number | null, signal: string | null): string {
    const how = code === null ? `it was ended by ${signal ?? 'somebody'}` : `it ended with code ${code}`;
    return this.#lastWords === '' ? how : `${how}, its last words: ${this.#lastWords}`;
  }

  #end(how: string): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#words.renew();
    this.#listeners.onEnd(how);
  }
}
