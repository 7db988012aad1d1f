/** Bytes before the JSON of a message: the length of all that follows the first four, and the length of the JSON; both u32 LE. */
export const HEAD = 8;
/** Blocks begin at a multiple of this, so that numbers can be looked at where they lie. */
const ALIGNED = 8;

/** What a message carries beside its JSON: columns of numbers, bytes. Each is known by where it begins. */
export class Blocks {
  readonly #all: Uint8Array[] = [];
  #length = 0;

  /** Takes a block and gives its offset. */
  add(bytes: Uint8Array): number {
    const offset = this.#length;
    this.#all.push(bytes);
    this.#length += aligned(bytes.byteLength);
    return offset;
  }

  /** In all, with what fills them up. */
  get length(): number {
    return this.#length;
  }

  /** Writes them one behind the other; what lies between is zero. */
  copyTo(frame: Buffer, at: number): void {
    let next = at;
    for (const block of this.#all) {
      frame.set(block, next);
      const end = next + block.byteLength;
      next += aligned(block.byteLength);
      frame.fill(0, end, next);
    }
  }
}

/** A message as it goes into the pipe. `message` is plain JSON; offsets in it are those that `blocks` gave. */
export function frameOf(message: unknown, blocks: Blocks): Buffer {
  const text = JSON.stringify(message);
  const length = Buffer.byteLength(text);
  const begin = aligned(HEAD + length);
  const frame = Buffer.allocUnsafe(begin + blocks.length);
  frame.writeUInt32LE(frame.length - 4);
  frame.writeUInt32LE(length, 4);
  frame.write(text, HEAD);
  frame.fill(0, HEAD + length, begin);
  blocks.copyTo(frame, begin);
  return frame;
}

/** The JSON of a whole frame and its blocks, which are a view of it. Throws SyntaxError or RangeError for what is none. */
export function readFrame(frame: Uint8Array): { readonly message: unknown; readonly blocks: Uint8Array } {
  const bytes = Buffer.from(frame.buffer, frame.byteOffset, frame.byteLength);
  const length = bytes.readUInt32LE(4);
  if (HEAD + length > bytes.length) throw new RangeError(`a JSON of ${length} bytes in a frame of ${bytes.length}`);
  const message: unknown = JSON.parse(bytes.toString('utf8', HEAD, HEAD + length));
  return { message, blocks: bytes.subarray(Math.min(aligned(HEAD + length), bytes.length)) };
}

function aligned(length: number): number {
  return Math.ceil(length / ALIGNED) * ALIGNED;
}
