/** A body that is made to take long, and what it is full of. */
export interface HostileFrame {
  readonly name: string;
  readonly body: Buffer;
}

/** Bodies of that many bytes, each an answer, full of what costs a parser or a reader of rows most; below our limits and above. */
export function hostileFrames(bytes: number): HostileFrame[] {
  const shapes: Readonly<Record<string, () => string>> = {
    'objects of twenty new keys': () =>
      answer(
        bytes,
        numbered((n) => objectOf(20, (k) => `"${name(n * 20 + k)}":0`)),
      ),
    'objects of one new key': () =>
      answer(
        bytes,
        numbered((n) => `{"${name(n)}":1}`),
      ),
    'new texts': () =>
      answer(
        bytes,
        numbered((n) => `"${name(n)}"`),
      ),
    'new texts in rows': () =>
      answer(
        bytes,
        numbered((n) => objectOf(18, (k) => `"k${k}":"${name(n * 18 + k)}"`)),
      ),
    'as many new keys as may be, then numbers': () =>
      answer(
        bytes,
        numbered((n) => (n < 12_000 ? objectOf(20, (k) => `"${name(n * 20 + k)}":0`) : '1')),
      ),
    'long new keys': () =>
      answer(
        bytes,
        numbered((n) => objectOf(5_000, (k) => `"${'k'.repeat(60)}${name(n * 5_000 + k)}":1`)),
      ),
    'keys in ever another order': () =>
      answer(
        bytes,
        numbered((n) => objectOf(20, (k) => `"${turned(k, n)}":0`)),
      ),
    'empty rows': () => answer(bytes, () => '{}'),
    'two million empty rows': () => answer(Math.min(bytes, 5_900_000), () => '{}'),
    'rows that cannot be read': () =>
      answer(
        bytes,
        numbered((n) => `{"order_id":"${n}","amount":"many","filler":"${'.'.repeat(90)}"}`),
      ),
    'as many NaN as may be': () => answer(7_900_000, () => 'NaN'),
    lists: () => answer(bytes, () => `${'['.repeat(490)}${']'.repeat(490)}`),
    numbers: () => answer(bytes, () => '1'),
    NaN: () => answer(bytes, () => 'NaN'),
    "the prototype's name": () => answer(bytes, () => '{"__proto__":1}'),
    'wide integers': () => answer(bytes, () => '12345678901234567890'),
    'escaped letters': () => answer(bytes, () => `"${String.raw`\u0041`.repeat(10_000)}"`),
  };
  return Object.entries(shapes).map(([name, make]) => ({ name, body: Buffer.from(make()) }));
}

function answer(bytes: number, next: () => string): string {
  const items: string[] = [];
  for (let length = 60; ;) {
    const item = next();
    length += item.length + 1;
    if (length > bytes) break;
    items.push(item);
  }
  return `{"type":"response","id":"1","payload":[${items.join(',')}]}`;
}

function numbered(make: (n: number) => string): () => string {
  let n = 0;
  return () => make(n++);
}

function objectOf(count: number, member: (k: number) => string): string {
  return `{${Array.from({ length: count }, (_, k) => member(k)).join(',')}}`;
}

/** Six letters and digits, another one for each number. */
function name(n: number): string {
  return (n + 100_000_000).toString(36);
}

/** The k-th of twenty letters in the n-th order. */
function turned(k: number, n: number): string {
  const step = [1, 3, 7, 9, 11, 13, 17, 19][n % 8] ?? 1;
  return String.fromCharCode(97 + ((k * step + Math.floor(n / 8)) % 20));
}
