import { parentPort, receiveMessageOnPort, workerData } from 'node:worker_threads';
import type { MessagePort } from 'node:worker_threads';

/** A worker that calls its parent and blocks until the answer is there: the least a synchronous call between threads can do. */
interface Start {
  readonly port: MessagePort;
  readonly shared: Int32Array<SharedArrayBuffer>;
  readonly calls: number;
  /** Work between two calls, ms. */
  readonly pause: number;
}

const { port, shared, calls, pause } = workerData as Start;

function call(number: number): void {
  port.postMessage(number);
  for (let seen = Atomics.load(shared, 0); seen !== number; seen = Atomics.load(shared, 0)) {
    Atomics.wait(shared, 0, seen);
  }
  receiveMessageOnPort(port);
}

let number = 0;
parentPort?.on('message', () => {
  const spent = new Float64Array(calls);
  for (let index = 0; index < calls; index += 1) {
    const began = performance.now();
    number += 1;
    call(number);
    spent[index] = performance.now() - began;
    for (const end = performance.now() + pause; performance.now() < end;);
  }
  parentPort?.postMessage(spent, [spent.buffer]);
});
