import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { bareFrame, bareReader } from '../bare-frames.ts';

/**
 * Frames over TCP, each handed to a loop in Python over a pipe as a line of JSON, and its answer back: the least a server before a
 * bridge can do. Started with the Python, what it sends, and what the loop is given (`pipe_echo.py`).
 */
const [python = 'python3', request = 'null', ...given] = process.argv.slice(2);
const args = JSON.parse(request) as unknown;
const echo = fileURLToPath(new URL('pipe_echo.py', import.meta.url));
const child = spawn(python, ['-B', echo, ...given], { stdio: ['pipe', 'pipe', 'inherit'] });
const waiting = new Map<number, (value: unknown) => void>();
let next = 0;

createInterface({ input: child.stdout }).on('line', (line) => {
  const { id, value: answer } = JSON.parse(line) as { readonly id: number; readonly value: unknown };
  waiting.get(id)?.(answer);
  waiting.delete(id);
});

const server = createServer({ noDelay: true }, (socket) => {
  const read = bareReader((message) => {
    const { id } = message as { readonly id: string }; // only bridge.ts asks
    next += 1;
    waiting.set(next, (payload) => socket.write(bareFrame({ type: 'response', id, payload })));
    child.stdin.write(`${JSON.stringify({ id: next, call: 'order', args })}\n`);
  });
  socket.on('data', read).on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => {
  console.log(`READY ${(server.address() as AddressInfo).port}`);
});
