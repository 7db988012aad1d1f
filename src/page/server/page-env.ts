import type { HttpBindings } from '@hono/node-server';
import type { Context, Hono } from 'hono';

/** What a handler finds beside its request: Node's own objects. */
export interface PageEnv {
  Bindings: HttpBindings;
}

export type PageApp = Hono<PageEnv>;
export type PageContext = Context<PageEnv>;
