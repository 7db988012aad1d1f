import { BtError } from '../domain/errors.ts';
import { parseChinaTime } from '../domain/time.ts';
import type { Env } from '../platform/env.ts';
import { isSecretName, keepSecret } from '../platform/exit-text.ts';

/** A setting as the user wrote it. */
export interface Given {
  /** What he wrote it behind: `--port` or `QMT_SERVER_PORT`. */
  readonly name: string;
  readonly value: string;
  /** Where a variable was found (`.env line 3`); null for an option. */
  readonly origin: string | null;
}

/** An option and the variables that stand in for it, best first. */
export interface SettingNames {
  readonly flag?: string;
  readonly variables?: readonly string[];
}

/**
 * Settings of one command: option > environment > files. Every reader gives null when nothing was written, and
 * throws BtError BAD_CONFIG, naming the option or variable and what to write, when it makes no sense.
 */
export class Settings {
  readonly #env: Env;
  readonly #flags: Readonly<Record<string, unknown>>;

  constructor(env: Env, flags: Readonly<Record<string, unknown>>) {
    this.#env = env;
    this.#flags = flags;
  }

  find({ flag, variables = [] }: SettingNames): Given | null {
    const written = flag === undefined ? undefined : this.#flags[camelCase(flag)];
    if (flag !== undefined && typeof written === 'string') {
      const value = written.trim();
      if (isSecretName(flag)) keepSecret(value);
      return { name: flag, value, origin: null };
    }
    for (const variable of variables) {
      const found = this.#env.find(variable);
      if (found !== null) return { name: variable, value: found.value, origin: found.origin };
    }
    return null;
  }

  text(names: SettingNames): string | null {
    const given = this.find(names);
    if (given === null) return null;
    if (given.value === '') throw badValue(given, 'a value');
    return given.value;
  }

  integer(names: SettingNames, min: number, max: number): number | null {
    const given = this.find(names);
    if (given === null) return null;
    const value = /^-?\d{1,15}$/u.test(given.value) ? Number(given.value) : Number.NaN;
    if (!(value >= min && value <= max)) throw badValue(given, `a whole number from ${min} to ${max}`);
    return value;
  }

  /** A number above 0 (or from 0 on). */
  amount(names: SettingNames, { zero }: { readonly zero: boolean }): number | null {
    const given = this.find(names);
    if (given === null) return null;
    const value = /^\d+(?:\.\d+)?$/u.test(given.value) ? Number(given.value) : Number.NaN;
    if (!(zero ? value >= 0 : value > 0)) throw badValue(given, zero ? 'a number, 0 or more' : 'a number above 0');
    return value;
  }

  /** A share of the price, from −0.2 to 0.2. */
  percent(names: SettingNames): number | null {
    const given = this.find(names);
    if (given === null) return null;
    const value = /^[+-]?\d*\.?\d+$/u.test(given.value) ? Number(given.value) : Number.NaN;
    if (!(Math.abs(value) <= 0.2)) throw badValue(given, 'a share of the price from -0.2 to 0.2, like 0.015');
    return value;
  }

  choice<T extends string>(names: SettingNames, choices: readonly T[]): T | null {
    const given = this.find(names);
    if (given === null) return null;
    const chosen = choices.find((choice) => choice === given.value.toLowerCase());
    if (chosen === undefined) throw badValue(given, oneOf(choices));
    return chosen;
  }

  /** A switch: `--x`/`--no-x`, or a variable that says true, 1, yes, on or false, 0, no, off. */
  toggle(names: SettingNames): boolean | null {
    const written = names.flag === undefined ? undefined : this.#flags[camelCase(names.flag)];
    if (typeof written === 'boolean') return written;
    const given = this.find(names);
    if (given === null) return null;
    if (/^(?:true|1|yes|on)$/iu.test(given.value)) return true;
    if (/^(?:false|0|no|off)$/iu.test(given.value)) return false;
    throw badValue(given, 'true or false');
  }

  /** Market time, epoch ms, from `YYYY-MM-DD HH:MM[:SS]`. */
  instant(names: SettingNames): number | null {
    const given = this.find(names);
    if (given === null) return null;
    const time = /\d[ T]\d{1,2}:\d{2}/u.test(given.value) ? parseChinaTime(given.value) : null;
    if (time === null) throw badValue(given, "a date and time of Shanghai like '2026-07-06 09:34:30'");
    return time;
  }
}

/** `QMT_SERVER_PORT is "abc" (.env line 3): write a whole number …` */
export function badValue({ name, value, origin }: Given, want: string): BtError {
  const secret = isSecretName(name);
  const was = value === '' ? 'is empty' : secret ? 'cannot be used' : `is "${value}"`;
  const where = origin === null ? '' : ` (${origin})`;
  return new BtError('BAD_CONFIG', `${name} ${was}${where}: write ${want}.`, { fault: 'config' });
}

/** `a, b or c` */
export function oneOf(choices: readonly string[]): string {
  const last = choices.at(-1) ?? '';
  return choices.length < 2 ? last : `${choices.slice(0, -1).join(', ')} or ${last}`;
}

/** Commander's key of an option: `--max-connections` → `maxConnections`. */
function camelCase(flag: string): string {
  return flag.replace(/^--(?:no-)?/u, '').replaceAll(/-(.)/gu, (_, letter: string) => letter.toUpperCase());
}
