/** Frames with nothing but a length and JSON: what the round trips are held against. */
export function bareFrame(message: object): Buffer {
  const body = Buffer.from(JSON.stringify(message));
  const frame = Buffer.allocUnsafe(4 + body.length);
  frame.writeUInt32BE(body.length, 0);
  body.copy(frame, 4);
  return frame;
}

/** Calls `take` with each message, in order; keeps what is not complete for the next chunk. */
export function bareReader(take: (message: unknown) => void): (chunk: Buffer) => void {
  let rest: Buffer = Buffer.alloc(0);
  return (chunk) => {
    const data = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    let at = 0;
    while (data.length - at >= 4 && data.length - at - 4 >= data.readUInt32BE(at)) {
      const end = at + 4 + data.readUInt32BE(at);
      take(JSON.parse(data.toString('utf8', at + 4, end)));
      at = end;
    }
    rest = data.subarray(at);
  };
}
