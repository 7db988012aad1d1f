import * as z from 'zod';
import type { SessionView } from '../../session-view.ts';
import type { Behind } from '../asking.ts';
import type { DoorContext } from '../env.ts';
import type { Feeds } from '../events/feeds.ts';

/** One request, its parts checked. */
export interface ApiCall<Q, B> {
  readonly context: DoorContext;
  readonly behind: Behind;
  readonly caller: SessionView;
  readonly feeds: Feeds;
  readonly query: Q;
  readonly body: B;
  /** Of the path: `order_id`, `security`. */
  readonly named: (name: string) => string;
}

/** What a route is, for whoever serves it and whoever describes it. */
export interface ApiRoute {
  readonly method: 'GET' | 'POST';
  /** Below /api/v1, with `{name}` for its parts. */
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly query: z.ZodObject;
  /** Null: it takes none. */
  readonly body: z.ZodType | null;
  /** The body as it is described, where that says more. */
  readonly shownBody?: z.ZodType;
  readonly status: 200 | 201 | 202;
  /** Null: a stream of events, told in `summary`. */
  readonly answer: z.ZodType | null;
  /** `Idempotency-Key` must be there. */
  readonly needsKey: boolean;
  readonly handle: (call: ApiCall<never, never>) => Promise<Response>;
}

type Given<Q extends z.ZodObject, B extends z.ZodType | null> = Omit<
  ApiRoute,
  'handle' | 'query' | 'body' | 'needsKey'
> & {
  readonly query?: Q;
  readonly body?: B;
  readonly needsKey?: boolean;
  readonly handle: (call: ApiCall<z.output<Q>, B extends z.ZodType ? z.output<B> : null>) => Promise<Response>;
};

const NO_QUERY = z.strictObject({});

/** A route whose handler gets what its schemas let through. */
export function route<Q extends z.ZodObject = typeof NO_QUERY, B extends z.ZodType | null = null>(
  given: Given<Q, B>,
): ApiRoute {
  const { query = NO_QUERY, body = null, needsKey = false, handle, ...rest } = given;
  // Whoever calls it has checked query and body with these very schemas.
  return { ...rest, query, body, needsKey, handle };
}
