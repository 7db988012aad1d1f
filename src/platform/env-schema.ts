import * as z from 'zod';
import { BtError } from '../domain/errors.ts';

/** Settings as the environment or an env file holds them. */
export type Settings = Readonly<Record<string, string | undefined>>;

/** A shorter limit would give up while a gateway still works on an ordinary request. */
const MIN_TIMEOUT_S = 5;
const DEFAULT_TIMEOUT_S = 60;
const TIMEOUT_HELP = `write seconds, at least ${MIN_TIMEOUT_S}, for example ${DEFAULT_TIMEOUT_S}`;

/** Absent, or nothing but blanks: not set. */
export const setting = z
  .string()
  .trim()
  .transform((text) => (text === '' ? null : text))
  .nullish()
  .transform((text) => text ?? null);

/** What a request may take: written in seconds, read as milliseconds. */
export const timeoutSetting = setting
  .refine((text) => text === null || isTimeout(text), { error: (issue) => cannotBe(issue.input, TIMEOUT_HELP) })
  .transform((text) => (text === null ? DEFAULT_TIMEOUT_S : Number(text)) * 1000);

/** `cannot be "x": write …` */
export function cannotBe(input: unknown, help: string): string {
  return `cannot be ${JSON.stringify(input)}: ${help}`;
}

/** Throws BtError CONFIG_INVALID with one line for each missing or wrong variable: its name and what to write. */
export function readSettings<T>(schema: z.ZodType<T>, env: Settings): T {
  const result = schema.safeParse(env);
  if (result.success) return result.data;
  const lines = result.error.issues.map((issue) => `${issue.path.join('.')} ${issue.message}.`);
  throw new BtError('CONFIG_INVALID', lines.join('\n'), { fault: 'config', details: { problems: lines.length } });
}

function isTimeout(text: string): boolean {
  return /^\d{1,6}(?:\.\d+)?$/u.test(text) && Number(text) >= MIN_TIMEOUT_S;
}
