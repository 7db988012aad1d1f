import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { bareFrame, bareReader } from '../bare-frames.ts';

/** Answers each request with the payload it was started with: the least a server over TCP can do. */
const payload = JSON.parse(process.argv[2] ?? 'null') as unknown;

const server = createServer({ noDelay: true }, (socket) => {
  const read = bareReader((message) => {
    const { id } = message as { readonly id: string }; // only round-trips.ts asks
    socket.write(bareFrame({ type: 'response', id, payload }));
  });
  socket.on('data', read).on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => {
  console.log(`READY ${(server.address() as AddressInfo).port}`);
});
