import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { pageLine, pageSecrets, readLivePage, readOwnPage } from '../../../src/cli/page-options.ts';
import type { PagePlan } from '../../../src/cli/page-options.ts';
import { Settings } from '../../../src/cli/settings.ts';
import { loadEnv } from '../../../src/platform/env.ts';
import { temporaryFolder } from '../../temporary-folder.ts';

type Environment = Readonly<Record<string, string>>;

const settings = (environment: Environment, flags: Environment = {}): Settings =>
  new Settings(loadEnv({ cwd: tmpdir(), environment }), flags);
const own = (environment: Environment = {}, address: string | null = null): PagePlan =>
  readOwnPage(settings(environment), address);

const TOKEN = 'long-enough-token';

describe('where the page is', () => {
  test('of a run: nowhere unless it is asked for, whatever variables there are', () => {
    expect(readLivePage(settings({ PAGE_LISTEN: '127.0.0.1:9000', PAGE_TOKEN: TOKEN }))).toBeNull();
    const plan = readLivePage(settings({ PAGE_TOKEN: TOKEN }, { page: '127.0.0.1:8787' }));
    expect(plan?.options).toMatchObject({ host: '127.0.0.1', port: 8787, token: TOKEN, tls: null });
    expect(plan?.warnings).toEqual([]);
  });

  test('of bt page: as it is told, as PAGE_LISTEN says, else on this machine', () => {
    expect(own().options).toMatchObject({ host: '127.0.0.1', port: 8787 });
    expect(own({ PAGE_LISTEN: '[::1]:9000' }).options).toMatchObject({ host: '::1', port: 9000 });
    expect(own({ PAGE_LISTEN: '[::1]:9000' }, 'localhost:0').options).toMatchObject({ host: 'localhost', port: 0 });
  });

  test.each<[string, RegExp]>([
    ['8787', /^bt page is "8787": write an address of this machine with a port, like 127\.0\.0\.1:8787/u],
    ['127.0.0.1:99999', /write an address/u],
    ['http://127.0.0.1:8787', /write an address/u],
  ])('%s is refused', (address, text) => {
    expect(() => own({}, address)).toThrowError(text);
  });
});

describe('its token', () => {
  test('is made up anew each time where none is set, and shown', () => {
    const [one, other] = [own(), own()];
    expect(one.options.token).toMatch(/^[\w-]{24}$/u);
    expect(one.options.token).not.toBe(other.options.token);
    expect(pageLine(one, 80)).toBe(`PAGE http://127.0.0.1:80/ log in with the token ${one.options.token}`);
  });

  test('that is set is not shown', () => {
    expect(pageLine(own({ PAGE_TOKEN: TOKEN, PAGE_LISTEN: '[::1]:1' }), 80)).toBe(
      'PAGE http://[::1]:80/ log in with the token of PAGE_TOKEN',
    );
  });

  test('and every secret of the settings are what no answer may hold', () => {
    const plan = own({ PAGE_TOKEN: TOKEN });
    const variables = { QMT_SERVER_TOKEN: 'gateway-secret', QMT_SERVER_HOST: 'desk', NOTIFY_WECOM_KEY: 'robot' };
    expect(pageSecrets(plan, variables)).toEqual([TOKEN, 'gateway-secret', 'robot']);
  });
});

describe('others who can reach it', () => {
  test('are warned of without TLS, and of a short token', () => {
    const [short, open, ...more] = own({ PAGE_TOKEN: 'short' }, '0.0.0.0:8787').warnings;
    expect([short, more]).toEqual([expect.stringContaining('give PAGE_TOKEN at least 12 characters'), []]);
    expect(open).toMatch(/^the page is at 0\.0\.0\.0 without TLS: .* PAGE_TLS_CERT and PAGE_TLS_KEY/u);
    expect(own({ PAGE_TOKEN: 'short' }).warnings).toEqual([]);
  });

  test('get it over TLS where both files are named', () => {
    const folder = temporaryFolder('page-tls');
    const [cert, key] = ['cert.pem', 'key.pem'].map((name) => join(folder, name));
    for (const file of [cert, key]) writeFileSync(file ?? '', 'x');
    const files = { PAGE_TLS_CERT: cert ?? '', PAGE_TLS_KEY: key ?? '', PAGE_TOKEN: TOKEN };
    const plan = own(files, '0.0.0.0:8787');
    expect([plan.options.tls, plan.warnings]).toEqual([{ cert, key }, []]);
    expect(pageLine(plan, 8787)).toContain('PAGE https://0.0.0.0:8787/');
    expect(() => own({ PAGE_TLS_KEY: key ?? '' })).toThrowError(/both PAGE_TLS_CERT and PAGE_TLS_KEY/u);
    expect(() => own({ ...files, PAGE_TLS_CERT: join(folder, 'none.pem') })).toThrowError(/none\.pem/u);
  });

  test('through another server are named by their origin, as a browser writes it', () => {
    expect(own({ PAGE_ORIGIN: 'https://desk.example' }).options.origin).toBe('https://desk.example');
    for (const origin of ['desk.example', 'https://desk.example/', 'https://desk.example/bt', 'ftp://desk.example'])
      expect(() => own({ PAGE_ORIGIN: origin })).toThrowError(/the origin as a browser writes it/u);
  });
});

test('BT_LANG chooses its language for those who have not', () => {
  expect([own().options.language, own({ BT_LANG: 'zh' }).options.language]).toEqual([null, 'zh']);
});
