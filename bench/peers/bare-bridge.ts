import { readSync, writeSync } from 'node:fs';
import { Socket } from 'node:net';

/**
 * A process that writes a byte to its parent and reads until one comes back: the least a synchronous call between processes can do.
 * Files: 3 starts a round, 4 the calls, 5 the answers, 6 what each call took.
 */
const [calls = 0, pause = 0] = process.argv.slice(2).map(Number);
const byte = Buffer.alloc(1);

new Socket({ fd: 3, readable: true, writable: false }).on('data', () => {
  const spent = new Float64Array(calls);
  for (let index = 0; index < calls; index += 1) {
    const began = performance.now();
    writeSync(4, byte);
    readSync(5, byte);
    spent[index] = performance.now() - began;
    for (const end = performance.now() + pause; performance.now() < end;);
  }
  writeSync(6, `${JSON.stringify([...spent])}\n`);
});
