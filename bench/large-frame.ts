import { BtError } from '../src/domain/errors.ts';
import { decodeOrders } from '../src/protocol/decode/orders.ts';
import { FrameDecoder } from '../src/protocol/frame.ts';
import { atMost } from './figure.ts';
import type { Figure, Row } from './figure.ts';
import { hostileFrames } from './hostile-frames.ts';
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
 * A frame of 24 MB is parsed, or refused: an answer of order rows as it comes, and with all that the native parser cannot do in each of its rows
 * (NaN, an integer beyond 2^53, the prototype's name as a key); beside JSON.parse of the same rows; and the slowest of frames that
 * are made to hurt (`hostile-frames`), read as a list of orders where they are read. Seconds of the
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
      hostile(),
    ]);
  },
};

function row(what: string, content: Buffer, native: readonly number[]): Row {
  const frame = framed(content);
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

/** The slowest shape counts. */
function hostile(): Row {
  const times = hostileFrames(BYTES).map(({ name, body }) => ({
    name,
    spent: median(() => readAsOrders(framed(body))),
  }));
  const slowest = times.reduce((a, b) => (b.spent > a.spent ? b : a));
  return {
    what: `frames of 24 MB made to hurt, the slowest of ${times.length}: ${slowest.name}`,
    unit: 's of CPU',
    shape: 'runs',
    spread: spreadOf(times.map(({ spent }) => spent)),
    floor: null,
    target: atMost(MAX_SECONDS, 's', 'max', slowest.spent),
  };
}

function readAsOrders(frame: Buffer): void {
  try {
    for (const { payload } of new FrameDecoder().push(frame)) decodeOrders(payload);
  } catch (error) {
    if (!(error instanceof BtError)) throw error;
  }
}

function median(work: () => unknown): number {
  return spreadOf(Array.from({ length: 3 }, () => seconds(work))).p50;
}

function framed(content: Buffer): Buffer {
  const header = Buffer.alloc(4);
  header.writeUInt32BE(content.length);
  return Buffer.concat([header, content]);
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
