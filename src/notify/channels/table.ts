import type { Channel } from './channel.ts';
import type { ChannelSettings, SendOptions } from './channel-settings.ts';
import { DINGTALK } from './dingtalk.ts';
import { FEISHU } from './feishu.ts';
import { httpChannel } from './http-channel.ts';
import { BARK, PUSHPLUS, SERVERCHAN } from './pushes.ts';
import { smtpChannel } from './smtp.ts';
import { TELEGRAM } from './telegram.ts';
import { WEBHOOK } from './webhook.ts';
import { WECOM } from './wecom.ts';

/** The channel of each kind of settings. `now`: wall clock, epoch ms. */
export function openChannel(settings: ChannelSettings, options: SendOptions, now: () => number): Channel {
  switch (settings.name) {
    case 'wecom':
      return httpChannel(WECOM, settings, options, now);
    case 'dingtalk':
      return httpChannel(DINGTALK, settings, options, now);
    case 'feishu':
      return httpChannel(FEISHU, settings, options, now);
    case 'telegram':
      return httpChannel(TELEGRAM, settings, options, now);
    case 'serverchan':
      return httpChannel(SERVERCHAN, settings, options, now);
    case 'pushplus':
      return httpChannel(PUSHPLUS, settings, options, now);
    case 'bark':
      return httpChannel(BARK, settings, options, now);
    case 'webhook':
      return httpChannel(WEBHOOK, settings, options, now);
    case 'smtp':
      return smtpChannel(settings);
  }
}
