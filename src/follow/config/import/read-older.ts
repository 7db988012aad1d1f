import { readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { BtError, errorMessage } from '../../../domain/errors.ts';
import { keepSecret } from '../../../platform/exit-text.ts';
import { decodeText } from '../../../platform/text-encoding.ts';
import { readJsonDocument } from '../json-document.ts';
import type { OlderSettings } from './older-settings.ts';

/** The older receiver's two files. */
export const OLDER_FILES = ['聚宽跟单设置.json', '分析配置.json'] as const;

/**
 * What stands in these files (or in the two files of a folder), together; of a name that is in both the last counts. Throws BtError BAD_CONFIG
 * for what cannot be read or is no object.
 */
export function readOlderSettings(paths: readonly string[]): OlderSettings {
  const files = paths.flatMap((path) => (isFolder(path) ? inFolder(path) : [path]));
  const found = new Map<string, unknown>();
  for (const file of files) for (const [key, value] of Object.entries(objectIn(file))) found.set(key, value);
  for (const key of ['解码令牌', '密码', '微信token']) for (const secret of [found.get(key)].flat()) hide(secret);
  return found;
}

function hide(secret: unknown): void {
  if (typeof secret === 'string') keepSecret(secret);
}

function inFolder(folder: string): string[] {
  const files = OLDER_FILES.map((name) => join(folder, name)).filter(
    (path) => statSync(path, { throwIfNoEntry: false }) !== undefined,
  );
  if (files.length > 0) return files;
  throw new BtError(
    'BAD_CONFIG',
    `${folder} has neither ${OLDER_FILES.join(' nor ')}. Name the folder that has them, or the files.`,
    {
      fault: 'config',
    },
  );
}

function objectIn(file: string): object {
  let bytes: Buffer;
  try {
    bytes = readFileSync(file);
  } catch (error) {
    if (statSync(file, { throwIfNoEntry: false }) === undefined) throw notThere(file, error);
    throw new BtError('BAD_CONFIG', `${file} cannot be read: ${errorMessage(error)}. Name a file that can.`, {
      fault: 'config',
      cause: error,
    });
  }
  const text = decodeText(bytes)?.text ?? '';
  const { value } = readJsonDocument(text, basename(file));
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value;
  throw new BtError('BAD_CONFIG', `${file} holds no object. Name ${OLDER_FILES.join(' or ')}.`, { fault: 'config' });
}

function notThere(path: string, cause: unknown): BtError {
  return new BtError(
    'BAD_CONFIG',
    `${path} is not there. Name the folder of the older receiver that holds ${OLDER_FILES.join(' and ')}, or the files themselves.`,
    { fault: 'config', cause },
  );
}

function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
