import type { EngineCalls } from '../../../../runtime/border/calls.ts';
import type { DispatchContext, KeptVariable } from '../../../../runtime/host.ts';
import type { HookName } from '../../../../src/engine/strategy/hooks.ts';
import type { RunnerOptions, StrategyRunner } from '../../../../src/engine/strategy/runner.ts';
import type { Dispatch, DispatchResult } from '../../../../src/engine/strategy/types.ts';
import { decodeValue } from '../../../../runtime/state/decode.ts';
import { encodeValue } from '../../../../runtime/state/encode.ts';

export type G = Record<string, unknown>;
export type ScriptFunction = (g: G, engine: EngineCalls, context: DispatchContext) => Promise<void> | void;

/** A strategy without a process of its own: its functions by name, hooks as well. */
export type Script = Readonly<Record<string, ScriptFunction>>;

/** Runs a script in this process, over the same calls as a strategy in its own would. */
export class ScriptRunner implements StrategyRunner {
  readonly hooks: ReadonlySet<HookName>;
  readonly #script: Script;
  readonly #engine: EngineCalls;
  readonly #g: G = {};
  readonly #kept = new Map<string, string>();
  /** Calls that have not ended. */
  running = 0;

  private constructor(script: Script, engine: EngineCalls, hooks: readonly HookName[]) {
    this.#script = script;
    this.#engine = engine;
    this.hooks = new Set(hooks);
  }

  static async start(
    script: Script,
    hooks: readonly HookName[],
    { engine, loadContext }: RunnerOptions,
  ): Promise<ScriptRunner> {
    const runner = new ScriptRunner(script, engine, hooks);
    const kept = await engine.kept(loadContext);
    for (const { part, name, text } of kept?.variables ?? []) {
      if (part !== 'g' || text === null) continue;
      runner.#g[name] = decodeValue(text);
      runner.#kept.set(name, text);
    }
    return runner;
  }

  async dispatch(dispatch: Dispatch): Promise<DispatchResult> {
    if (dispatch.kind === 'ticks') return { kind: 'ok' };
    this.running += 1;
    try {
      await this.#script[dispatch.name]?.(this.#g, this.#engine, dispatch.context);
    } finally {
      this.running -= 1;
    }
    const changes = Object.keys(this.#g).flatMap((name): KeptVariable[] => {
      const text = encodeValue(this.#g[name], name).text ?? '';
      if (this.#kept.get(name) === text) return [];
      this.#kept.set(name, text);
      return [{ part: 'g', name, text }];
    });
    if (changes.length > 0) this.#engine.keep(changes, dispatch.context);
    return { kind: 'ok' };
  }

  pids(): readonly number[] {
    return [];
  }

  bumpAccount(): void {
    // a script reads the account by a call each time
  }

  stop(): Promise<void> {
    return Promise.resolve();
  }

  onLost(): () => void {
    return () => undefined;
  }

  onFault(): () => void {
    return () => undefined;
  }
}
