/** 32-bit FNV-1a hash of a text; the start of every seeded stream that is named by words. */
export function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i += 1) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return scramble(hash);
}

/** Combines two 32-bit numbers into one that looks random; order matters. The pure way to a random value at (seed, index). */
export function mix(a: number, b: number): number {
  return mixInto(mixRoot(a), b);
}

/** The first half of `mix`, for one number that is combined with many: `mix(a, b)` is `mixInto(mixRoot(a), b)`. */
export function mixRoot(a: number): number {
  return scramble(a + 0x9e3779b9);
}

export function mixInto(root: number, b: number): number {
  return scramble(root ^ Math.imul(b | 0, 0x85ebca77));
}

/** A 32-bit hash as a number in [0, 1). */
export function unit(hash: number): number {
  return (hash >>> 0) / 0x1_0000_0000;
}

/** Seeded random stream (sfc32). Equal seeds give equal streams, on every machine. Not for secrets. */
export class Rng {
  readonly #seed: number;
  #a: number;
  #b: number;
  #c: number;
  #counter = 1;

  constructor(seed: number | string) {
    this.#seed =
      typeof seed === 'string' ? hashText(seed) : mix(seed % 0x1_0000_0000, Math.floor(seed / 0x1_0000_0000));
    this.#a = mix(this.#seed, 1);
    this.#b = mix(this.#seed, 2);
    this.#c = mix(this.#seed, 3);
  }

  /** Uniform in [0, 1). */
  next(): number {
    const sum = (this.#a + this.#b + this.#counter) | 0;
    this.#counter = (this.#counter + 1) | 0;
    this.#a = this.#b ^ (this.#b >>> 9);
    this.#b = (this.#c + (this.#c << 3)) | 0;
    this.#c = (((this.#c << 21) | (this.#c >>> 11)) + sum) | 0;
    return unit(sum);
  }

  /** Uniform integer in [0, n); 0 when n is not above 1. */
  int(n: number): number {
    return n > 1 ? Math.floor(this.next() * n) : 0;
  }

  /** Standard normal (Box-Muller; always takes two numbers of the stream). */
  normal(): number {
    const radius = Math.sqrt(-2 * Math.log(1 - this.next()));
    return radius * Math.cos(2 * Math.PI * this.next());
  }

  /** An independent stream named by `label`: depends on this one's seed, not on how far it was read. */
  fork(label: string | number): Rng {
    return new Rng(mix(this.#seed, typeof label === 'string' ? hashText(label) : mix(label, 0x5bd1e995)));
  }
}

/** Murmur3's finisher: every input bit reaches every output bit. */
function scramble(value: number): number {
  let hash = value | 0;
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35);
  return (hash ^ (hash >>> 16)) >>> 0;
}
