import { accessSync, constants, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { BtError } from '../domain/errors.ts';

/** Absolute path of a file that can be read; throws BtError BAD_CONFIG naming the option. */
export function readableFile(name: string, file: string): string {
  const path = resolve(file);
  try {
    accessSync(path, constants.R_OK);
    if (statSync(path).isFile()) return path;
  } catch (error) {
    throw new BtError('BAD_CONFIG', `${name} ${file} cannot be read: write the path of an existing file.`, {
      fault: 'config',
      cause: error,
    });
  }
  throw new BtError('BAD_CONFIG', `${name} ${file} is a folder: write the path of a file.`, { fault: 'config' });
}
