import { FrameDecoder } from '../src/protocol/frame.ts';
import { atMost } from './figure.ts';
import type { Figure, Row } from './figure.ts';
import { spreadOf } from './stats.ts';

const BYTES = 24 * 1024 * 1024;
const RUNS = 5;
const MAX_SECONDS = 1;
const ORDER = {
  order_id: '1073741825',
  security: '000001.XSHE',
  side: 'buy',
  amount: 200,
  filled: 100,
  price: 6.72,
  status: 'filled',
  status_msg: '',
  order_remark: 'bt:k3jd82hs:demo',
  time: 1_795_017_600_000,
};

/**
 * A frame of 24 MB is parsed: an answer of order rows as it comes, and with all that the native parser cannot do in each of its rows
 * (NaN, an integer beyond 2^53, the prototype's name as a key); beside JSON.parse of the same rows. Seconds of the
 * thread's own work: a second of waiting for a core is no cost of the parser.
 */
export const figure: Figure = {
  run() {
    const plain = body(JSON.stringify(ORDER));
    const odd = body(
      JSON.stringify(ORDER)
        .replace('6.72', 'NaN')
        .replace('"1073741825"', '12345678901234567890')
        .replace('"side"', '"__proto__"'),
    );
    const native = Array.from({ length: RUNS }, () => seconds(() => JSON.parse(plain.toString('utf8'))));
    return Promise.resolve([
      row('frame of 24 MB parsed', plain, native),
      row('the same, each row to be repaired', odd, native),
    ]);
  },
};

function row(what: string, content: Buffer, native: readonly number[]): Row {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(content.length);
  const frame = Buffer.concat([header, content]);
  const spread = spreadOf(Array.from({ length: RUNS }, () => seconds(() => new FrameDecoder().push(frame))));
  return {
    what,
    unit: 's of CPU',
    shape: 'runs',
    spread,
    floor: { what: 'JSON.parse of the rows', spread: spreadOf(native) },
    target: atMost(MAX_SECONDS, 's', 'median', spread.p50),
  };
}

function body(text: string): Buffer {
  const count = Math.floor(BYTES / (Buffer.byteLength(text) + 1));
  return Buffer.from(`{"type":"response","id":"1","payload":[${Array.from({ length: count }, () => text).join(',')}]}`);
}

function seconds(work: () => unknown): number {
  const before = process.threadCpuUsage();
  work();
  const { user, system } = process.threadCpuUsage(before);
  return (user + system) / 1_000_000;
}
