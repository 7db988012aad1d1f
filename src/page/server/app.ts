import { Hono } from 'hono';
import { bodyText } from '../../net/http/body.ts';
import type { QueueLimits } from '../../net/http/event-queue.ts';
import { eventStream } from '../../net/http/event-stream.ts';
import { answerProblem } from '../../net/http/problem-answer.ts';
import { HttpProblem, isFaultOfOurs } from '../../net/http/problem.ts';
import { cleanData, cleanText, WHOLE_DATA } from '../../platform/exit-text.ts';
import type { Language } from '../../platform/language.ts';
import type { Log } from '../../platform/log.ts';
import type { TimerSource } from '../../platform/timers.ts';
import { isDay } from '../../domain/time.ts';
import { inLanguage } from '../../words/in-language.ts';
import type { Done, Welcome } from '../wire.ts';
import type { Assets } from './assets.ts';
import { readCommand } from './commands.ts';
import { logIn, logOut, onlySessions, protection, refuseWithoutOrigin, sessionOf } from './guard.ts';
import type { GuardParts } from './guard.ts';
import type { PageApp, PageContext, PageEnv } from './page-env.ts';
import type { PageSource } from './source.ts';
import { spokenSource } from './spoken.ts';
import { Watches } from './watches.ts';

export interface AppParts extends GuardParts {
  readonly source: PageSource;
  readonly assets: Assets;
  readonly timers: TimerSource;
  readonly log: Log;
  readonly version: string;
  readonly language: Welcome['language'];
  /** What may wait for a page; absent = what is enough for any that reads. */
  readonly slow?: QueueLimits | undefined;
  /** True once the server ends. */
  readonly stopping: () => boolean;
}

/** Everything that the page's server answers, without a port. `watches` ends its streams. */
export function createPageApp(parts: AppParts): { readonly app: PageApp; readonly watches: Watches } {
  const app = new Hono<PageEnv>();
  const watches = new Watches(parts, parts.slow);
  app.use(protection(parts));
  app.use(async (context, next) => {
    if (parts.stopping())
      throw new HttpProblem(503, 'PAGE_CLOSED', 'The page is being closed; nothing of this was done.');
    if (context.req.method !== 'GET') refuseWithoutOrigin(context);
    await next();
  });
  addAssets(app, parts.assets);
  addSessions(app, parts);
  app.use('/api/*', onlySessions(parts));
  addReads(app, parts, watches);
  addCommands(app, parts, watches);
  app.notFound(() => {
    throw new HttpProblem(404, 'NO_SUCH_PATH', 'There is nothing here.');
  });
  app.onError((error, context) => {
    const fault = isFaultOfOurs(error);
    if (fault !== null)
      parts.log.error(`${context.req.method} ${context.req.path} failed by a fault of the page: ${fault}`);
    return answerProblem(context, error, (text) => inLanguage(text, languageOf(context)));
  });
  return { app, watches };
}

/** What a stranger may see: the page without a figure. */
function addAssets(app: PageApp, assets: Assets): void {
  for (const [path, { type, body, tag }] of assets) {
    app.get(path, (context) => {
      context.header('Cache-Control', 'no-cache');
      context.header('ETag', tag);
      if (context.req.header('if-none-match') === tag) return context.body(null, 304);
      context.header('Content-Type', type);
      return context.body(body);
    });
  }
}

function addSessions(app: PageApp, parts: AppParts): void {
  app.post('/api/login', async (context) => {
    const body = await jsonBody(context);
    logIn(context, typeof body === 'object' && body !== null ? Reflect.get(body, 'token') : null, parts);
    return context.json({});
  });
  app.post('/api/logout', (context) => {
    logOut(context, parts);
    return context.json({});
  });
}

function addReads(app: PageApp, { source, version, language, sessions }: AppParts, watches: Watches): void {
  const sourceOf = (context: PageContext): PageSource => spokenSource(source, languageOf(context));
  app.get('/api/welcome', async (context) => {
    const welcome: Welcome = { version, language, instances: await sourceOf(context).list() };
    return context.json(cleanData(welcome, WHOLE_DATA) as Welcome);
  });
  app.get('/api/status', async (context) => {
    const { instance = '', day } = context.req.query();
    if (day !== undefined && !isDay(day))
      throw new HttpProblem(400, 'BAD_DAY', `"${cleanText(day, 40)}" is no day. Ask for one like 2026-07-06.`);
    const doc = await sourceOf(context).status(await known(source, instance), day === undefined ? {} : { day });
    return context.json(cleanData(doc, WHOLE_DATA) as object);
  });
  app.get('/api/stream', async (context) => {
    const instance = await known(source, context.req.query('instance') ?? '');
    const { queue, leave } = watches.open(instance, languageOf(context));
    // Who has logged out sees nothing any more, also in what was open.
    const forget = sessions.onEnd(sessionOf(context), () => queue.close());
    return eventStream(context, queue, () => {
      forget();
      leave();
    });
  });
}

function addCommands(app: PageApp, { source, log }: AppParts, watches: Watches): void {
  app.post('/api/command', async (context) => {
    const { instance, command, values } = readCommand(await jsonBody(context));
    const name = await known(source, instance);
    const text = command === 'kill' ? await source.kill(name, values) : await source.command(name, { command, values });
    log.info(`${command} was asked for on the page, of ${instance}: ${text}`);
    watches.look(instance);
    const done: Done = { text: inLanguage(cleanText(text), languageOf(context)) };
    return context.json(done);
  });
}

/** The language that the page asks in, `?lang=zh`. */
function languageOf(context: PageContext): Language {
  return context.req.query('lang') === 'zh' ? 'zh' : 'en';
}

/** The name of an instance that there is: nothing else becomes part of a path. Throws 404. */
async function known(source: PageSource, name: string): Promise<string> {
  const found = (await source.list()).find(({ instance }) => instance === name);
  if (found !== undefined) return found.instance;
  throw new HttpProblem(404, 'NO_INSTANCE', 'There is no instance of this name here. Load the page again.');
}

async function jsonBody(context: PageContext): Promise<unknown> {
  if (context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() !== 'application/json')
    throw new HttpProblem(415, 'NOT_JSON', 'Send a body of type application/json.');
  const text = await bodyText(context);
  try {
    return JSON.parse(text) as unknown;
  } catch {
    throw new HttpProblem(400, 'BAD_JSON', 'The body is no JSON.');
  }
}
