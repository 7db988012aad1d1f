import { every, wallNow } from '../../../platform/timers.ts';
import type { Beat, PageEvents } from '../../wire.ts';
import { currentSettings, setServerLanguage } from '../settings.ts';
import { applyPatch } from './apply.ts';
import { instanceToShow, NOTHING, withLines } from './page-state.ts';
import type { PageState } from './page-state.ts';
import * as requests from './requests.ts';
import { RequestFailed } from './requests.ts';
import { Stream } from './stream.ts';

/** Without news for so long the server is lost, whatever the connection looks like. Wall ms; it tells each second. */
const SILENCE_MS = 5_000;
const KEPT_INSTANCE = 'bt-instance';

/** What the page knows, who is told of changes, and what can be asked for. */
export class Store {
  #state: PageState = NOTHING;
  readonly #tell: (state: PageState) => void;
  #stream: Stream | null = null;
  /** What the stream speaks. */
  #language = currentSettings().language;

  constructor(tell: (state: PageState) => void) {
    this.#tell = tell;
  }

  start(): void {
    every(1_000, () => this.#tick());
    void this.open();
  }

  /** Looks whether a session is there, and begins to look if it is. */
  async open(): Promise<void> {
    try {
      const welcome = await requests.welcome();
      setServerLanguage(welcome.language);
      const { instances } = welcome;
      const wanted = this.#state.instance ?? sessionStorage.getItem(KEPT_INSTANCE);
      this.#set({ phase: 'open', welcome, instances });
      this.show(instanceToShow(instances, wanted));
    } catch (error) {
      const isStranger = error instanceof RequestFailed && error.status === 401;
      if (isStranger) this.#leave();
      else this.#set({ phase: this.#state.phase === 'open' ? 'open' : 'login', link: 'lost' });
    }
  }

  /** Looks at another instance. */
  show(instance: string | null): void {
    this.#stream?.close();
    this.#stream = null;
    if (instance !== null) sessionStorage.setItem(KEPT_INSTANCE, instance);
    const isSame = instance === this.#state.instance;
    this.#set({
      instance,
      link: 'connecting',
      ...(isSame ? {} : { doc: null, log: [], newsAt: null, trouble: null }),
    });
    if (instance !== null) this.#stream = this.#streamOf(instance);
  }

  async logOut(): Promise<void> {
    await requests.logOut().catch(() => undefined);
    this.#leave();
  }

  #streamOf(instance: string): Stream {
    this.#language = currentSettings().language;
    return new Stream(instance, this.#language, {
      lost: () => this.#set({ link: 'lost' }),
      refused: () => void this.open(),
      on: {
        snapshot: ({ doc, log }) => this.#set({ doc, log, link: 'live', trouble: null, newsAt: wallNow() }),
        patch: (patch) => this.#state.doc !== null && this.#set({ doc: applyPatch(this.#state.doc, patch) }),
        beat: (beat) => this.#beat(beat),
        log: ({ lines }) => this.#set(withLines(this.#state, lines)),
        instances: (told) => this.#instances(told),
        trouble: (trouble) => this.#set({ trouble, link: 'live' }),
      },
    });
  }

  #beat({ now, running }: Beat): void {
    const { doc } = this.#state;
    this.#set({
      newsAt: wallNow(),
      link: 'live',
      trouble: null,
      ...(doc === null ? {} : { doc: { ...doc, now, running } }),
    });
  }

  #instances({ instances }: PageEvents['instances']): void {
    this.#set({ instances });
    const shown = instanceToShow(instances, this.#state.instance);
    if (shown !== this.#state.instance) this.show(shown);
  }

  #tick(): void {
    const wall = wallNow();
    const { phase, link, newsAt, trouble, instance } = this.#state;
    // Of an instance that cannot be read it is told so each second instead.
    const isSilent = link === 'live' && trouble === null && newsAt !== null && wall - newsAt > SILENCE_MS;
    this.#set({ wall, ...(isSilent ? { link: 'lost' } : {}) });
    if (this.#stream !== null && this.#language !== currentSettings().language) this.show(instance);
    const isWaiting = phase === 'open' && instance === null && Math.floor(wall / 1_000) % 3 === 0;
    if (isWaiting) void this.open();
  }

  #leave(): void {
    this.#stream?.close();
    this.#stream = null;
    this.#state = { ...NOTHING, phase: 'login', wall: wallNow() };
    this.#tell(this.#state);
  }

  #set(changes: Partial<PageState>): void {
    this.#state = { ...this.#state, ...changes };
    this.#tell(this.#state);
  }
}
