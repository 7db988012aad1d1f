import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';
import type { SessionView } from '../session-view.ts';

/** What a handler finds beside its request: Node's own objects, and who asks. */
export interface DoorEnv {
  Bindings: HttpBindings;
  Variables: { caller: SessionView };
}

export type DoorApp = Hono<DoorEnv>;
export type DoorContext = Context<DoorEnv>;

/** The peer's address; empty when it is gone already. */
export function addressOf(context: DoorContext): string {
  return context.env.incoming.socket.remoteAddress ?? '';
}
