import {
  serveControl,
  type ControlReply,
  type ControlRequest,
  type ControlServer,
} from '../../platform/control-socket.ts';

type Handler = (request: ControlRequest) => Promise<ControlReply>;

/** The control socket of a run, open from its first moment: who answers changes while the run comes up. */
export class ControlDoor {
  #handle: Handler;
  #server: ControlServer | null = null;

  private constructor(handle: Handler) {
    this.#handle = handle;
  }

  static async open(folder: string, handle: Handler): Promise<ControlDoor> {
    const door = new ControlDoor(handle);
    door.#server = await serveControl(folder, (request) => door.#handle(request));
    return door;
  }

  /** From here on that one answers. */
  use(handle: Handler): void {
    this.#handle = handle;
  }

  async close(): Promise<void> {
    await this.#server?.close();
    this.#server = null;
  }
}
