import { expect, it } from 'vitest';
import { nullLog } from '../../../src/platform/log.ts';
import { openVenue, VENUES } from '../../../src/venues/registry.ts';

const env = { QMT_SERVER_HOST: '::1', QMT_SERVER_TOKEN: 'secret', QMT_SERVER_SUB_ACCOUNT: 'demo' };

it('opens a venue by its name, without connecting', async () => {
  const venue = await openVenue('qmt-remote', { env, log: nullLog });
  expect(venue).toMatchObject({ name: 'qmt-remote', address: '[::1]:58620', account: null, subAccount: 'demo' });
  expect(venue.broker.name).toBe('qmt-remote');
  expect(venue.provider.name).toBe('qmt-remote');
  expect(venue.broker.canPlace()).toBe(false);
});

it('passes on what the configuration lacks', async () => {
  await expect(openVenue('qmt-remote', { env: {}, log: nullLog })).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
});

it('names the venues there are when asked for another', async () => {
  const error: unknown = await openVenue('qmt', { env, log: nullLog }).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'UNKNOWN_VENUE', fault: 'config' });
  for (const { name, summary } of VENUES) {
    expect(error).toHaveProperty('message', expect.stringContaining(name));
    expect(summary).not.toBe('');
  }
});
