import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { onTestFinished } from 'vitest';
import { Redis } from 'ioredis';
import { freePort } from '../../../e2e/free-port.ts';
import { temporaryFolder } from '../../../temporary-folder.ts';

/** Whether this machine has one (Debian: `apt-get install redis-server`). */
export const HAS_REDIS = spawnSync('redis-server', ['--version'], { encoding: 'utf8' }).status === 0;

/** A real server of the test's own, which can be killed and started again with what it held. */
export class RedisServer {
  readonly #folder: string;
  readonly port: number;
  readonly #password: string | null;
  #process: ChildProcess | null = null;
  #client: Redis | null = null;

  private constructor(folder: string, port: number, password: string | null) {
    this.#folder = folder;
    this.port = port;
    this.#password = password;
  }

  static async start({ password = null }: { readonly password?: string | null } = {}): Promise<RedisServer> {
    const server = new RedisServer(temporaryFolder('redis'), await freePort(), password);
    await server.startAgain();
    onTestFinished(() => server.kill());
    return server;
  }

  get url(): string {
    const login = this.#password === null ? '' : `:${this.#password}@`;
    return `redis://${login}127.0.0.1:${this.port}/0`;
  }

  /** For the test's own questions. */
  get client(): Redis {
    if (this.#client === null) throw new Error('the server does not run');
    return this.#client;
  }

  async startAgain(): Promise<void> {
    const settings = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.#folder, '--save', ''];
    const kept = ['--appendonly', 'yes', '--appendfsync', 'always'];
    const login = this.#password === null ? [] : ['--requirepass', this.#password];
    const started = spawn('redis-server', [...settings, ...kept, ...login], { stdio: ['ignore', 'pipe', 'inherit'] });
    this.#process = started;
    await new Promise<void>((resolve, reject) => {
      let said = '';
      started.stdout.on('data', (chunk: Buffer) => {
        said += chunk.toString();
        if (said.includes('Ready to accept connections')) resolve();
      });
      started.on('exit', () => reject(new Error(`redis-server ended: ${said}`)));
    });
    this.#client = new Redis(this.url, { protocol: 2 });
    this.#client.on('error', () => {});
  }

  /** In the middle of whatever it does. */
  async kill(): Promise<void> {
    this.#client?.disconnect();
    this.#client = null;
    const running = this.#process;
    this.#process = null;
    if (running === null || running.exitCode !== null) return;
    const gone = new Promise((resolve) => running.once('exit', resolve));
    running.kill('SIGKILL');
    await gone;
  }
}
