import { createHash } from 'node:crypto';
import { BtError } from '../domain/errors.ts';

/** First word of such a file, with the version of its make. */
const MAGIC = 'bt-instance 1';

/** A packed instance: whose it is, and its files by name. */
export interface PackedInstance {
  /** The folder it had under RUNTIME_DIR. */
  readonly folder: string;
  readonly files: ReadonlyMap<string, Buffer>;
}

interface Header {
  readonly folder: string;
  readonly files: readonly { readonly name: string; readonly size: number }[];
}

/** One line with the checksum of all that follows, one line of JSON with names and sizes, then the files one after another. */
export function packInstance({ folder, files }: PackedInstance): Buffer {
  const header: Header = { folder, files: Array.from(files, ([name, { length }]) => ({ name, size: length })) };
  const body = Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...files.values()]);
  return Buffer.concat([Buffer.from(`${MAGIC} ${checksum(body)}\n`), body]);
}

/** Throws BAD_INSTANCE_FILE for anything but such a file, whole and unchanged. */
export function unpackInstance(packed: Buffer, path: string): PackedInstance {
  const [first, body] = cutLine(packed);
  const isOurs = first.startsWith('bt-instance ');
  if (isOurs && !first.startsWith(`${MAGIC} `))
    throw damaged(path, 'was packed by another version of bt: use that one');
  if (!isOurs) throw damaged(path, 'is none that bt export has written');
  if (first !== `${MAGIC} ${checksum(body)}`) throw damaged(path, 'is damaged or not whole: copy it again');
  const [text, bytes] = cutLine(body);
  const { folder, files } = JSON.parse(text) as Header; // the checksum vouches for it
  let at = 0;
  const unpacked = new Map<string, Buffer>();
  for (const { name, size } of files) {
    unpacked.set(name, bytes.subarray(at, at + size));
    at += size;
  }
  return { folder, files: unpacked };
}

function cutLine(bytes: Buffer): [line: string, rest: Buffer] {
  const end = bytes.indexOf('\n');
  return end < 0 ? ['', bytes] : [bytes.subarray(0, end).toString(), bytes.subarray(end + 1)];
}

function checksum(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex');
}

function damaged(path: string, what: string): BtError {
  return new BtError('BAD_INSTANCE_FILE', `The file ${path} ${what}. Nothing was changed.`, { fault: 'config' });
}
