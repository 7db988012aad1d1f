import type { IncomingMessage } from 'node:http';
import { MAX_BODY_BYTES } from './limits.ts';
import { HttpProblem } from './problem.ts';

/** A request that came through Node's own server. */
export interface NodeContext {
  readonly env: { readonly incoming: IncomingMessage };
}

/** The text of a request's body. Throws 413, and 400 for what is no UTF-8. */
export async function bodyText(context: NodeContext): Promise<string> {
  const bytes = await bodyOf(context.env.incoming);
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new HttpProblem(400, 'BAD_JSON', 'The body is no UTF-8 text. Send JSON in UTF-8.');
  }
}

/** Its bytes, read from Node's own stream: no more of them is held than may come. */
function bodyOf(incoming: IncomingMessage): Promise<Buffer> {
  if (Number(incoming.headers['content-length'] ?? 0) > MAX_BODY_BYTES) return Promise.reject(tooLarge());
  const chunks: Buffer[] = [];
  let size = 0;
  return new Promise((resolve, reject) => {
    const take = (chunk: Buffer): void => {
      size += chunk.length;
      if (size <= MAX_BODY_BYTES) {
        chunks.push(chunk);
        return;
      }
      // What else comes is drained for a moment, then the connection is closed.
      incoming.off('data', take);
      chunks.length = 0;
      reject(tooLarge());
    };
    incoming.on('data', take);
    incoming.on('end', () => resolve(Buffer.concat(chunks)));
    // Also where what comes is no body that can be read: Node then ends the request.
    for (const event of ['error', 'close']) incoming.on(event, () => reject(cut()));
  });
}

function cut(): HttpProblem {
  return new HttpProblem(400, 'BODY_CUT', 'The body ended early, or cannot be read. Send it whole.');
}

function tooLarge(): HttpProblem {
  return new HttpProblem(
    413,
    'BODY_TOO_LARGE',
    `The body is larger than ${MAX_BODY_BYTES} bytes. Send less at a time.`,
  );
}
