import { currentHost } from '../host.ts';
import type { LogLevel, LogSource } from '../host.ts';
import { runState } from './shared.ts';

const RANK: Readonly<Record<LogLevel, number>> = { debug: 0, info: 1, warning: 2, error: 3 };

/** Sends one line to the engine's log, unless log.set_level silenced it. */
export function speak(source: LogSource, level: LogLevel, text: string): void {
  const host = currentHost();
  const threshold = runState(host).levels.get(source) ?? 'debug';
  if (RANK[level] < RANK[threshold]) return;
  host.log({ level, source, text, time: host.dispatch().logicalTime });
}

/** Says it the first time only; `key` tells what counts as the same. */
export function speakOnce(key: string, source: LogSource, level: LogLevel, text: string): void {
  const { said } = runState(currentHost());
  if (said.has(key)) return;
  said.add(key);
  speak(source, level, text);
}
