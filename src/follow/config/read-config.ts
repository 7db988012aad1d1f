import { readFileSync } from 'node:fs';
import { basename, dirname, resolve } from 'node:path';
import { BtError, errorMessage } from '../../domain/errors.ts';
import { keepSecret } from '../../platform/exit-text.ts';
import { decodeText } from '../../platform/text-encoding.ts';
import type { FollowConfig, FollowedStrategy, HttpWay, RedisWay } from './config.ts';
import { at, explain } from './explain.ts';
import { readJsonDocument } from './json-document.ts';
import type { JsonPath } from './json-document.ts';
import { FollowSchema } from './schema.ts';
import type { WrittenConfig, WrittenStrategy } from './schema.ts';
import { problemsOf, warningsOf } from './checks.ts';

/** Where variables are found: `platform/env` is one. */
export interface Variables {
  readonly find: (name: string) => { readonly value: string } | null;
}

/**
 * The configuration of a follower, checked whole. Throws BtError BAD_CONFIG with one line for each thing that is wrong: its line in the
 * file, and what to write. Passphrases are shown nowhere from now on.
 */
export function readFollowConfig(path: string, variables: Variables): FollowConfig {
  const file = resolve(path);
  return parseFollowConfig(textOf(file), file, variables);
}

/** The same of a text; `file` is where it stands: its folder is that of relative paths. */
export function parseFollowConfig(text: string, file: string, variables: Variables): FollowConfig {
  const name = basename(file);
  const document = readJsonDocument(text, name);
  const read = FollowSchema.safeParse(document.value);
  if (!read.success) throw refused(explain(read.error.issues, document, name));
  const problems: string[] = [];
  const tell = (path: JsonPath, problem: string): void => {
    problems.push(at(document, name, path, problem));
  };
  const config = resolved(read.data, file, secretReader(variables, tell));
  for (const { path, problem } of problemsOf(config, read.data)) tell(path, problem);
  if (problems.length > 0) throw refused(problems);
  return { ...config, warnings: warningsOf(config) };
}

type ReadSecret = (written: string | { readonly env: string }, path: JsonPath) => string;

/** A secret from the file or its variable; a variable that is not set is told. */
function secretReader(variables: Variables, tell: (path: JsonPath, problem: string) => void): ReadSecret {
  return (written, path) => {
    const value = typeof written === 'string' ? written : (variables.find(written.env)?.value ?? '');
    if (value === '' && typeof written !== 'string')
      tell(path, `names the variable ${written.env}, which is not set: write it into .env.local or the environment`);
    keepSecret(value);
    return value;
  };
}

function resolved(written: WrittenConfig, file: string, secret: ReadSecret): FollowConfig {
  const folder = dirname(file);
  return {
    file,
    account: written.account,
    http: written.http === null ? null : httpWay(written.http, folder),
    redis: written.redis === null ? null : redisWay(written.redis, secret),
    files: written.files === null ? null : resolve(folder, written.files),
    strategies: written.strategies.map((each, place) => followed(each, place, secret)),
    warnings: [],
  };
}

function httpWay(
  { tls, host, port, path, rateLimitPerKey }: NonNullable<WrittenConfig['http']>,
  folder: string,
): HttpWay {
  const files = tls === null ? null : { cert: resolve(folder, tls.cert), key: resolve(folder, tls.key) };
  return { host, port, path, rateLimitPerKey, tls: files };
}

function redisWay({ url, ...rest }: NonNullable<WrittenConfig['redis']>, secret: ReadSecret): RedisWay {
  const address = typeof url === 'string' ? url : secret(url, ['redis', 'url']);
  const password = URL.parse(address)?.password ?? '';
  if (password !== '') keepSecret(decodeURIComponent(password));
  return { ...rest, url: address };
}

function followed(written: WrittenStrategy, place: number, secret: ReadSecret): FollowedStrategy {
  const { passphrase, legacy, ratio, ...rest } = written;
  const rules = { ...rest, ratio: ratio ?? 1 };
  const path = ['strategies', place, 'passphrase'];
  return {
    rules,
    sender: { strategy: rules.name, passphrase: secret(passphrase, path), legacy: legacy === 'on' },
  };
}

function textOf(file: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    throw new BtError(
      'BAD_CONFIG',
      `${file} cannot be read: ${errorMessage(error)}. Name the follower's configuration; docs/joinquant.md has one to begin with, and bt follow --import makes one.`,
      { fault: 'config', cause: error },
    );
  }
  const decoded = decodeText(bytes);
  if (decoded !== null) return decoded.text;
  throw new BtError('BAD_CONFIG', `${file} is no text. Save it as UTF-8.`, { fault: 'config' });
}

function refused(lines: readonly string[]): BtError {
  return new BtError('BAD_CONFIG', lines.join('\n'), { fault: 'config', details: { problems: lines.length } });
}
