import { readFileSync, statSync } from 'node:fs';
import * as tls from 'node:tls';
import { BtError, errorMessage } from '../domain/errors.ts';

/** PEM files. */
export interface TlsFiles {
  readonly cert: string;
  readonly key: string;
}

/** What is in them. */
export interface TlsPair {
  readonly cert: Buffer;
  readonly key: Buffer;
}

/**
 * Certificate and key as they are in their files now. Throws BtError TLS_FILES_UNREADABLE for files that cannot be read or do not
 * belong together.
 */
export function readTlsFiles({ cert, key }: TlsFiles): TlsPair {
  const read = { cert: readPem(cert, 'certificate', '--tls-cert'), key: readPem(key, 'key', '--tls-key') };
  try {
    tls.createSecureContext(read);
    return read;
  } catch (error) {
    throw new BtError(
      'TLS_FILES_UNREADABLE',
      `${cert} and ${key} do not work together: ${errorMessage(error)}. Give --tls-cert and --tls-key a certificate and its own key, as PEM files.`,
      { fault: 'config', cause: error },
    );
  }
}

/**
 * Looks whether the files have changed since it last looked: a renewed certificate is used without a restart. While only one of the
 * two has been replaced they do not work together, and what was used before is used on.
 */
export class TlsWatch {
  readonly #files: TlsFiles;
  readonly #use: (pair: TlsPair) => void;
  readonly #tell: (text: string) => void;
  #seen: string;

  /** `use`: takes a pair that works together; `tell`: one line for a log. */
  constructor(files: TlsFiles, use: (pair: TlsPair) => void, tell: (text: string) => void) {
    this.#files = files;
    this.#use = use;
    this.#tell = tell;
    this.#seen = stampOf(files);
  }

  look(): void {
    const stamp = stampOf(this.#files);
    if (stamp === this.#seen) return;
    this.#seen = stamp;
    try {
      this.#use(readTlsFiles(this.#files));
      this.#tell(`The TLS certificate ${this.#files.cert} has changed: new connections get the new one.`);
    } catch (error) {
      this.#tell(`${errorMessage(error)} Until then new connections get the certificate as it was.`);
    }
  }
}

/** Says of both files which they are and when they were written. */
function stampOf({ cert, key }: TlsFiles): string {
  return [cert, key]
    .map((path) => {
      const stat = statSync(path, { throwIfNoEntry: false, bigint: true });
      return stat === undefined ? '-' : `${stat.ino} ${stat.size} ${stat.mtimeNs}`;
    })
    .join('/');
}

function readPem(path: string, what: string, option: string): Buffer {
  try {
    return readFileSync(path);
  } catch (error) {
    throw new BtError(
      'TLS_FILES_UNREADABLE',
      `The TLS ${what} ${path} cannot be read: ${errorMessage(error)}. Give ${option} a readable PEM file, or leave both TLS options out.`,
      { fault: 'config', cause: error },
    );
  }
}
