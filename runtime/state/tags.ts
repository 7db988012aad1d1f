/** The key under which a tagged value names its kind; `v` holds what it is made of. */
export const TAG = '$';

type TypedArray = new (buffer: ArrayBuffer) => object;

/** The typed arrays there are, by the name that is written. Stored as they lie in memory, little-endian on all that Node runs on. */
export const KINDS: readonly { readonly name: string; readonly type: TypedArray }[] = [
  Float64Array,
  Float32Array,
  Int32Array,
  Uint32Array,
  Int16Array,
  Uint16Array,
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  BigInt64Array,
  BigUint64Array,
  DataView,
].map((type) => ({ name: type.name, type }));

/** Why a variable is not there although it was set: it was of a kind that is not kept. Stands in its place. */
export const LOST = 'lost';
