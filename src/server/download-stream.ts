import { downloadAnswer } from '../protocol/encode/terminal-answers.ts';
import { DOWNLOAD_STREAM } from '../protocol/envelopes.ts';
import { encodeFrame } from '../protocol/frame.ts';
import type { Gateway } from './adapters/gateway.ts';
import type { StreamReceiver } from './order-stream.ts';

/** Tells how far downloads are to the sessions whose handshake asked for it. Of each its newest state waits for a slow reader, and no more. Returns what ends it. */
export function streamDownloads(
  { data }: Pick<Gateway, 'data'>,
  receivers: () => Iterable<StreamReceiver>,
): () => void {
  const stop = data.terminal?.downloads.onStep((state) => {
    const message = { type: 'event', event: 'download', payload: downloadAnswer(state, state.id) };
    const frames = new Map([[`download/${state.id}`, encodeFrame(message)]]);
    for (const { open, identity, outbox } of receivers())
      if (open && Array.isArray(identity.features) && identity.features.includes(DOWNLOAD_STREAM))
        outbox.sendLatest(frames);
  });
  return stop ?? (() => {});
}
