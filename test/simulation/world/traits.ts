import { encodeFrame } from '../../../src/protocol/frame.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import type { Traits } from '../plan/types.ts';
import { openFrame, withPayload, withRows } from './frames.ts';
import type { FrameLabel } from './frame-label.ts';

const ROW_ACTIONS: ReadonlySet<string> = new Set([
  'broker.orders',
  'broker.trades',
  'broker.place_order',
  'broker.cancel_order',
]);

/** What a gateway of this kind makes of an honest answer. */
export function answerOf(traits: Traits, label: FrameLabel, frame: Buffer): Buffer {
  let answer = frame;
  if (traits.remark !== 'echo' && ROW_ACTIONS.has(label.action)) answer = withRemarks(answer, traits.remark);
  if (traits.tradeIds === 'equal' && label.action === 'broker.trades')
    answer = withRows(answer, (rows) => rows.map((row) => ({ ...row, trade_id: `t${String(row['order_id'])}` })));
  if (!traits.marketValue && label.action === 'broker.account')
    answer = withPayload(answer, (payload) => without(payload, ['market_value', 'positions']));
  return answer;
}

/** What it makes of a request before it looks at it. */
export function requestOf(traits: Traits, label: FrameLabel, frame: Buffer): Buffer {
  if (traits.keys === 'kept' || label.action !== 'broker.place_order') return frame;
  const message = openFrame(frame);
  if (message === null) return frame;
  return encodeFrame({ ...message, payload: without(message['payload'], ['idempotency_key']) });
}

function withRemarks(frame: Buffer, kind: Exclude<Traits['remark'], 'echo'>): Buffer {
  return withPayload(frame, (payload) =>
    Array.isArray(payload) ? payload.map((row) => remarked(row, kind)) : remarked(payload, kind),
  );
}

function remarked(value: unknown, kind: Exclude<Traits['remark'], 'echo'>): unknown {
  if (!isObject(value)) return value;
  const { order_remark: remark, last_snapshot: snapshot } = value;
  return {
    ...value,
    ...(typeof remark === 'string' ? { order_remark: changed(remark, kind) } : {}),
    ...(isObject(snapshot) ? { last_snapshot: remarked(snapshot, kind) } : {}),
  };
}

function changed(remark: string, kind: Exclude<Traits['remark'], 'echo'>): string {
  if (kind === 'none') return '';
  return kind === 'cut' ? remark.slice(0, 13) : `qmt-${remark}`.slice(0, 24);
}

function without(value: unknown, keys: readonly string[]): unknown {
  if (!isObject(value)) return value;
  const inner = isObject(value['value']) ? { value: without(value['value'], keys) } : {};
  return { ...Object.fromEntries(Object.entries(value).filter(([key]) => !keys.includes(key))), ...inner };
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
