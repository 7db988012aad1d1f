import { request } from 'node:http';
import type { ClientRequest } from 'node:http';
import { onTestFinished } from 'vitest';

export interface Told {
  readonly event: string;
  readonly id: string | null;
  readonly data: Record<string, unknown>;
}

/** A reader of server-sent events. */
export class EventReader {
  readonly told: Told[] = [];
  status: number | null = null;
  ended = false;
  readonly #request: ClientRequest;
  #rest = '';

  constructor(port: number, path: string, headers: Readonly<Record<string, string>> = {}) {
    this.#request = request({ port, host: '127.0.0.1', path, headers, agent: false });
    this.#request.on('error', () => {
      this.ended = true;
    });
    this.#request.on('response', (response) => {
      this.status = response.statusCode ?? 0;
      response.setEncoding('utf8').on('data', (text: string) => this.#take(text));
      response.on('error', () => {});
      response.on('close', () => {
        this.ended = true;
      });
    });
    this.#request.end();
    onTestFinished(() => this.leave());
  }

  leave(): void {
    this.#request.destroy();
  }

  named(event: string): Told[] {
    return this.told.filter((one) => one.event === event);
  }

  #take(text: string): void {
    const blocks = `${this.#rest}${text}`.split('\n\n');
    this.#rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const fields = new Map(
        block.split('\n').map((line): [string, string] => {
          const at = line.indexOf(': ');
          return [line.slice(0, at), line.slice(at + 2)];
        }),
      );
      const data = fields.get('data');
      if (data === undefined) continue; // a sign of life
      const event = fields.get('event') ?? 'message';
      this.told.push({ event, id: fields.get('id') ?? null, data: JSON.parse(data) as Record<string, unknown> });
    }
  }
}
