import { errorMessage } from '../../domain/errors.ts';
import { LATER, type Channel, type ChannelLimits, type ChannelName, type Outcome, type Page } from './channel.ts';
import type { SendOptions } from './channel-settings.ts';
import { post, type HttpRequest } from './http-post.ts';
import { judgeAnswer, type ReadBody } from './judge.ts';

/** A service over HTTP, as data. */
export interface HttpAdapter<S> {
  readonly limits: (settings: S, options: SendOptions) => ChannelLimits;
  /** `now`: wall clock, epoch ms. */
  readonly request: (settings: S, page: Page, options: SendOptions, now: number) => HttpRequest;
  readonly read: ReadBody;
  /** A message that is a picture; `along`: `request` puts it into the page; null = it takes none. */
  readonly picture: ((settings: S, png: Uint8Array) => HttpRequest) | 'along' | null;
}

/** The channel of an adapter with its settings. `now`: wall clock, epoch ms. */
export function httpChannel<S extends { readonly name: ChannelName }>(
  adapter: HttpAdapter<S>,
  settings: S,
  options: SendOptions,
  now: () => number,
): Channel {
  const { picture } = adapter;
  const send = async (make: () => HttpRequest): Promise<Outcome> => {
    try {
      return judgeAnswer(await post(make(), options.proxy), adapter.read);
    } catch (error) {
      // An address that is none, or a header that cannot be: no reason to fail where nobody can see it.
      return { verdict: LATER, answer: errorMessage(error) };
    }
  };
  return {
    name: settings.name,
    limits: adapter.limits(settings, options),
    picture: picture === null ? 'none' : picture === 'along' ? 'along' : 'apart',
    send: (page) => send(() => adapter.request(settings, page, options, now())),
    sendPicture: (png) =>
      typeof picture === 'function'
        ? send(() => picture(settings, png))
        : Promise.resolve({ verdict: LATER, answer: 'this channel takes no pictures' }),
  };
}

/** A JSON body. */
export function jsonRequest(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpRequest {
  return {
    url,
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(body),
  };
}
