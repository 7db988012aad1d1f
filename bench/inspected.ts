/** A program of Node that was started with `--inspect=127.0.0.1:PORT`. */
export interface Inspected {
  /** Bytes that it holds when nothing is left to collect: its heap, and what lies outside it. */
  held(): Promise<number>;
  close(): void;
}

const HELD = `(() => { const { heapUsed, external } = process.memoryUsage(); return heapUsed + external; })()`;

export async function inspect(port: number): Promise<Inspected> {
  const list = (await (await fetch(`http://127.0.0.1:${port}/json/list`)).json()) as { webSocketDebuggerUrl: string }[];
  const socket = new WebSocket(list[0]?.webSocketDebuggerUrl ?? '');
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () => reject(new Error('its inspector does not answer')));
  });
  let asked = 0;
  const ask = (method: string, params: object = {}): Promise<unknown> =>
    new Promise((resolve) => {
      const id = (asked += 1);
      const hear = ({ data }: MessageEvent): void => {
        const message = JSON.parse(String(data)) as { readonly id?: number; readonly result?: unknown };
        if (message.id !== id) return;
        socket.removeEventListener('message', hear);
        resolve(message.result);
      };
      socket.addEventListener('message', hear);
      socket.send(JSON.stringify({ id, method, params }));
    });
  return {
    async held() {
      // What one collection frees may let another one free more.
      for (let turn = 0; turn < 3; turn += 1) await ask('HeapProfiler.collectGarbage');
      const { result } = (await ask('Runtime.evaluate', { expression: HELD })) as { result: { value: number } };
      return result.value;
    },
    close: () => socket.close(),
  };
}
