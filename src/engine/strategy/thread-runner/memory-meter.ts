/** After so many readings without an answer of the thread its memory is estimated. */
const PATIENCE = 4;

/** What a thread's isolate holds, as V8 counts it: bytes. */
export interface HeapFacts {
  readonly total_physical_size: number;
  readonly malloced_memory: number;
  /** Typed arrays, buffers, WebAssembly memories. */
  readonly external_memory: number;
}

/** Bytes of the whole process, and those of them that the engine's own isolate holds. */
export interface ProcessFacts {
  readonly resident: number;
  readonly own: number;
}

interface Reading {
  readonly bytes: number;
  readonly process: ProcessFacts;
}

/**
 * What the strategy's thread holds, and nothing that the engine does: its heap, and what lies outside of it. The thread is asked, which
 * interrupts it for 0.1 ms. Some loops (`a.push(new Array(1000).fill(x))`, once compiled) let nobody interrupt them: then
 * what the process has grown by since the last answer, less what the engine's own isolate has, counts as the thread's.
 */
export class MemoryMeter {
  readonly #ask: () => Promise<HeapFacts>;
  readonly #process: () => ProcessFacts;
  #last: Reading;
  /** Readings since the thread was asked and has not answered; null = it is not being asked. */
  #waited: number | null = null;

  constructor(ask: () => Promise<HeapFacts>, processFacts: () => ProcessFacts = readProcess) {
    this.#ask = ask;
    this.#process = processFacts;
    this.#last = { bytes: 0, process: processFacts() };
  }

  /** Bytes, as well as they are known now; asks for the next time. */
  read(): number {
    if (this.#waited === null) void this.#askThread();
    else this.#waited += 1;
    return this.#waited !== null && this.#waited > PATIENCE ? this.#estimate() : this.#last.bytes;
  }

  async #askThread(): Promise<void> {
    this.#waited = 0;
    try {
      const { total_physical_size, malloced_memory, external_memory } = await this.#ask();
      this.#last = { bytes: total_physical_size + malloced_memory + external_memory, process: this.#process() };
    } catch {
      return; // the thread has ended: it is not asked again
    }
    this.#waited = null;
  }

  #estimate(): number {
    const { bytes, process: then } = this.#last;
    const now = this.#process();
    return bytes + Math.max(0, now.resident - then.resident - (now.own - then.own));
  }
}

function readProcess(): ProcessFacts {
  const { rss, heapTotal, external } = process.memoryUsage();
  return { resident: rss, own: heapTotal + external };
}
