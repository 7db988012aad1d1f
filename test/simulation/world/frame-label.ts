/** What a written frame is, read from its first bytes without decoding it. */
export interface FrameLabel {
  readonly type: 'handshake' | 'request' | 'answer' | 'ping' | 'other';
  /** Of a request, and of the answer to one; else empty. */
  readonly action: string;
  readonly id: string;
}

/** Far enough to hold type, id and action of any message of this protocol. */
const HEAD_BYTES = 220;

/** Labels the frames of one link: answers carry no action, so the requests are remembered. */
export class FrameLabels {
  readonly #actions = new Map<string, string>();

  toServer(frame: Buffer): FrameLabel {
    const head = headOf(frame);
    const type = match(head, /"type":"(\w+)"/);
    const id = match(head, /"id":"([^"]+)"/);
    if (type === 'request') {
      const action = match(head, /"action":"([\w.]+)"/);
      this.#actions.set(id, action);
      return { type, action, id };
    }
    return { type: type === 'handshake' || type === 'ping' ? type : 'other', action: '', id };
  }

  toClient(frame: Buffer): FrameLabel {
    const id = match(headOf(frame), /"id":"([^"]+)"/);
    const tail = id === '' ? match(frame.toString('latin1', Math.max(0, frame.length - 80)), /"id":"([^"]+)"/) : id;
    const action = this.#actions.get(tail);
    return action === undefined ? { type: 'other', action: '', id: tail } : { type: 'answer', action, id: tail };
  }
}

function headOf(frame: Buffer): string {
  return frame.toString('latin1', 4, Math.min(frame.length, HEAD_BYTES));
}

function match(text: string, pattern: RegExp): string {
  return pattern.exec(text)?.[1] ?? '';
}
