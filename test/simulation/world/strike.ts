import type { FrameFault } from '../plan/types.ts';
import type { JsonObject } from '../../../src/protocol/json.ts';
import type { FrameLabel } from './frame-label.ts';
import { errorFrame, openFrame, responseFrame, withRows } from './frames.ts';
import type { Direction, Verdict } from './link.ts';
import { encodeFrame } from '../../../src/protocol/frame.ts';

/** Which of the two frames of an exchange a fault strikes. */
export const STRIKES: Readonly<Record<FrameFault['kind'], Direction>> = {
  'cut-request': 'to-server',
  'silent-request': 'to-server',
  'lost-request': 'to-server',
  'late-request': 'to-server',
  'slow-reader': 'to-server',
  'error-before': 'to-server',
  refusal: 'to-server',
  'cut-answer': 'to-client',
  'silent-answer': 'to-client',
  'lost-answer': 'to-client',
  'late-answer': 'to-client',
  'duplicate-answer': 'to-client',
  'wrong-id': 'to-client',
  'half-frame': 'to-client',
  'error-after': 'to-client',
  'submit-unknown': 'to-client',
  'empty-list': 'to-client',
  'partial-list': 'to-client',
  'stale-list': 'to-client',
};

/** What a fault makes of the frame it strikes. `stale`: the answer to the same question before this one. */
export function strike(fault: FrameFault, label: FrameLabel, frame: Buffer, stale: unknown): Verdict {
  const bytes = Math.floor(fault.share * (frame.length + 1));
  const send = (chunks: readonly Buffer[], delayMs = 0): Verdict => ({ kind: 'send', chunks, delayMs });
  switch (fault.kind) {
    case 'cut-request':
    case 'cut-answer':
      return { kind: 'cut', chunk: frame.subarray(0, bytes), how: 'reset' };
    case 'silent-request':
    case 'silent-answer':
      return { kind: 'cut', chunk: frame.subarray(0, bytes), how: 'silent' };
    case 'lost-request':
    case 'lost-answer':
      return send([]);
    case 'late-request':
    case 'late-answer':
      return send([frame], fault.ms);
    case 'duplicate-answer':
      return send([frame, frame]);
    case 'wrong-id':
      return send([relabelled(frame)]);
    case 'half-frame':
      return { kind: 'halves', chunk: frame, at: bytes, delayMs: fault.ms };
    case 'slow-reader':
      return { kind: 'halves', chunk: frame, at: bytes, delayMs: fault.ms };
    case 'error-before':
      return { kind: 'answer', chunk: errorFrame(label.id, fault.code, 'told to fail') };
    case 'refusal':
      return { kind: 'answer', chunk: errorFrame(label.id, 'REQUEST_FAILED', '600000.XSHG 停牌，无法下单') };
    case 'error-after':
      return send([errorFrame(label.id, fault.code, 'told to fail')]);
    case 'submit-unknown':
      return send([responseFrame(label.id, SUBMIT_UNKNOWN)]);
    case 'empty-list':
      return send([withRows(frame, () => [])]);
    case 'partial-list':
      return send([
        withRows(frame, (rows) => rows.filter((_, index) => index !== Math.floor(fault.share * rows.length))),
      ]);
    case 'stale-list':
      return send([stale === undefined ? frame : withRows(frame, () => stale as JsonObject[])]);
  }
}

const SUBMIT_UNKNOWN: JsonObject = {
  status: 'submit_unknown',
  submit_unknown: true,
  timed_out: true,
  async_tracking: true,
  order_id: null,
  last_snapshot: null,
  warning: 'the order did not show up in time',
};

function relabelled(frame: Buffer): Buffer {
  const message = openFrame(frame);
  return message === null ? frame : encodeFrame({ ...message, id: '00000000-0000-4000-8000-000000000000' });
}
