import {
  SENT,
  type Channel,
  type ChannelName,
  type Outcome,
  type Page,
} from '../../../../src/notify/channels/channel.ts';
import type { ToldNotice } from '../../../../src/notify/notice.ts';
import { inBytes } from '../../../../src/notify/rules/measure.ts';

/** A channel that keeps what it is given and answers as told. */
export class FakeChannel implements Channel {
  readonly limits = { gapMs: 1_000, perDay: null, longest: 2_000, measure: inBytes };
  readonly pages: Page[] = [];
  readonly pictures: Uint8Array[] = [];
  readonly name: ChannelName;
  readonly picture: Channel['picture'];
  answer: Outcome = { verdict: SENT, answer: 'ok' };
  /** Holds the next answers back until it is called. */
  hold: Promise<void> | null = null;

  constructor(name: ChannelName = 'webhook', picture: Channel['picture'] = 'none') {
    this.name = name;
    this.picture = picture;
  }

  async send(page: Page): Promise<Outcome> {
    this.pages.push(page);
    await this.hold;
    return this.answer;
  }

  sendPicture(png: Uint8Array): Promise<Outcome> {
    this.pictures.push(png);
    return Promise.resolve(this.answer);
  }
}

/** A notice with its own text. */
export function notice(text: string, rest: Partial<ToldNotice> = {}): ToldNotice {
  return { kind: 'order', level: 'info', time: 1_783_301_670_000, source: 'bt demo', title: 'Order', text, ...rest };
}
