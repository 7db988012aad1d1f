import type { DispatchContext, KeptVariable, RunParams } from '../../../../../runtime/host.ts';
import { eventsOfToday, Tick } from '../../../../../runtime/realm.ts';
import { faultOf, errorCode } from '../../../../domain/errors.ts';
import type { Quote } from '../../../../domain/trading.ts';
import type { Stamp } from '../../../../platform/stamped-globals.ts';
import { toWire, type PythonStart, type WireError } from '../../border/messages.ts';
import { HOOK_NAMES, type HookName } from '../../hooks.ts';
import type { FunctionCall, StrategyError } from '../../types.ts';
import type { Kept, StrategyCode } from '../strategy-code.ts';
import { strategyError } from '../thrown.ts';
import { apiDescription } from './api-description.ts';
import { Calls, type CallParts } from './calls.ts';
import { classTable } from './class-table.ts';
import { badMessage, Decoder } from './decode.ts';
import { encode } from './encode.ts';
import { Blocks } from './frame.ts';
import { PythonFunctions } from './functions.ts';
import { isObject } from './json.ts';
import type { PythonLink } from './link.ts';
import { PythonError, readPythonError } from './python-error.ts';
import { codeOf } from './special-calls.ts';

export interface PythonParts extends Omit<CallParts, 'functions'> {
  readonly start: PythonStart;
  readonly entryModule: string;
  readonly runParams: RunParams;
  /** What holds while it loads, and of each dispatch. */
  readonly dispatch: () => DispatchContext;
  readonly stamp: Stamp;
  /** Whether it reads the account's version by itself. */
  readonly readsVersion: boolean;
  readonly inputs: ReadonlySet<string>;
  /** Opens the link; waits until Python is there. */
  readonly connect: () => Promise<PythonLink>;
}

type Message = readonly unknown[];

/** The number of the function that tells the list around a code; those that a call passes count from 0. */
const AROUND = -1;

/** A script in a process of Python: what it calls is answered here, by the same functions that a strategy of ours calls. */
export class PythonCode implements StrategyCode {
  readonly #parts: PythonParts;
  readonly #calls: Calls;
  readonly #functions = new PythonFunctions((id, args) => this.#callBack(id, args));
  #link: PythonLink | null = null;
  #changes: readonly KeptVariable[] = [];
  /** Whether Python waits for an answer, and can be asked something meanwhile. */
  #waits = false;

  constructor(parts: PythonParts) {
    this.#parts = parts;
    this.#calls = new Calls({ ...parts, functions: this.#functions });
  }

  async load(askKept: Kept): Promise<readonly HookName[]> {
    const { start, entryModule, runParams, dispatch, stamp, connect } = this.#parts;
    this.#link = await connect();
    const kept = askKept();
    const { script, manner } = start;
    const versionFile = this.#parts.readsVersion ? start.versionFile : null;
    this.#send([
      'start',
      {
        script,
        module: entryModule,
        manner,
        runParams,
        context: dispatch(),
        stamp,
        kept: kept === null ? null : kept.map(({ part, name, text }) => [part, name, text]),
        versionFile,
        api: apiDescription(),
        classes: classTable(),
      },
    ]);
    const [kind, answer] = this.#serveUntil(['ready', 'load_failed']);
    if (kind === 'load_failed') throw readPythonError(answer);
    const hooks: unknown = isObject(answer) ? answer['hooks'] : null;
    if (!Array.isArray(hooks)) throw badMessage('ready');
    return HOOK_NAMES.filter((name) => hooks.includes(name));
  }

  call(call: FunctionCall, stamp: Stamp): Promise<void> {
    const { kind, name, context } = call;
    const module = call.kind === 'task' ? call.module : this.#parts.entryModule;
    return this.#run({ kind, module, name, context }, stamp, () => (name === 'on_event' ? eventsOfToday() : []));
  }

  ticks(quotes: readonly Quote[], stamp: Stamp): Promise<void> {
    const context = this.#parts.dispatch();
    const run = { kind: 'ticks', module: this.#parts.entryModule, name: 'handle_tick', context };
    return this.#run(run, stamp, () => quotes.map((quote) => new Tick(quote)));
  }

  changes(): readonly KeptVariable[] {
    const changes = this.#changes;
    this.#changes = [];
    return changes;
  }

  placeOf(value: unknown): { readonly module: string; readonly name: string } | null {
    return this.#functions.placeOf(value);
  }

  around(security: string): readonly string[] {
    if (!this.#waits) return [];
    const codes = this.#callBack(AROUND, [security]);
    return Array.isArray(codes) ? codes.flatMap((code: unknown) => codeOf(code) ?? []) : [];
  }

  describe(thrown: unknown): StrategyError {
    return thrown instanceof PythonError ? thrown.described : strategyError(thrown, this.#parts.inputs);
  }

  #run(
    run: { kind: string; module: string; name: string; context: DispatchContext },
    stamp: Stamp,
    args: () => readonly unknown[],
  ): Promise<void> {
    return new Promise((resolve) => {
      this.#calls.renew();
      const blocks = new Blocks();
      const encoded = args().map((arg) => encode(arg, blocks));
      this.#send(['run', { ...run, stamp, args: encoded }], blocks);
      const [, error] = this.#serveUntil(['done']);
      if (error !== null && error !== undefined) throw readPythonError(error);
      resolve();
    });
  }

  /** Answers what Python calls until it sends one of these. */
  #serveUntil(ends: readonly string[]): Message {
    for (;;) {
      const { parts, blocks } = this.#receive();
      const [kind] = parts;
      if (typeof kind === 'string' && ends.includes(kind)) return parts;
      this.#serve(kind, parts, blocks);
    }
  }

  #serve(kind: unknown, message: Message, bytes: Uint8Array): void {
    switch (kind) {
      case 'call':
        this.#answer(message, bytes);
        return;
      case 'post':
        this.#call(message, bytes);
        return;
      case 'keep':
        this.#changes = [...this.#changes, ...readKept(message[1])];
        return;
      default:
        throw badMessage(`'${String(kind).slice(0, 40)}'`);
    }
  }

  #answer(message: Message, bytes: Uint8Array): void {
    const blocks = new Blocks();
    const waited = this.#waits;
    this.#waits = true;
    let answer: readonly unknown[];
    try {
      answer = ['ret', encode(this.#call(message, bytes), blocks)];
    } catch (error) {
      answer = ['err', wireOf(error)];
    } finally {
      this.#waits = waited;
    }
    this.#send(answer, blocks);
  }

  #call([, name, args, named]: Message, bytes: Uint8Array): unknown {
    const decoder = new Decoder(this.#functions, bytes);
    const byName = decoder.value(named ?? {});
    if (typeof name !== 'string' || !isObject(byName)) throw badMessage('a call');
    return this.#calls.answer(name, decoder.values(args), byName);
  }

  /** While a call of Python is answered: runs a function that it passed. */
  #callBack(id: number, args: readonly unknown[]): unknown {
    const blocks = new Blocks();
    this.#send(['callback', id, args.map((arg) => encode(arg, blocks))], blocks);
    for (;;) {
      const { parts, blocks: bytes } = this.#receive();
      const [kind, value] = parts;
      if (kind === 'err') throw readPythonError(value);
      if (kind === 'ret') return new Decoder(this.#functions, bytes).value(value);
      this.#serve(kind, parts, bytes);
    }
  }

  #send(message: readonly unknown[], blocks?: Blocks): void {
    this.#opened().send(message, blocks);
  }

  #receive(): { readonly parts: Message; readonly blocks: Uint8Array } {
    const { message, blocks } = this.#opened().receive();
    if (!Array.isArray(message)) throw badMessage('no list');
    return { parts: message, blocks };
  }

  #opened(): PythonLink {
    if (this.#link === null) throw new Error('Python is not started');
    return this.#link;
  }
}

/** An error of Python's that came back through a callback stays what it is there. */
function wireOf(error: unknown): WireError {
  if (error instanceof PythonError) return { ...toWire(error), code: error.described.code, message: error.message };
  if (errorCode(error) !== null && faultOf(error) !== null) return toWire(error);
  const name = error instanceof Error && error.name !== 'Error' ? `${error.name}: ` : '';
  const wire = toWire(error);
  return { ...wire, code: 'RUNTIME_FAULT', message: `${name}${wire.message}` };
}

function readKept(value: unknown): readonly KeptVariable[] {
  if (!Array.isArray(value)) throw badMessage('keep');
  return value.map((entry: unknown): KeptVariable => {
    const [part, name, text] = Array.isArray(entry) ? (entry as Message) : [];
    if (part !== 'g' && part !== 'context' && part !== 'module') throw badMessage('keep');
    if (typeof name !== 'string' || (typeof text !== 'string' && text !== null)) throw badMessage('keep');
    return { part, name, text };
  });
}
