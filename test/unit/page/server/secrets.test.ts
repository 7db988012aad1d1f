import { expect, test, vi } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { keepSecret } from '../../../../src/platform/exit-text.ts';
import { FakeSource } from '../fake-source.ts';
import { fakeOrder, fakePosition, fakeStatus, UNKNOWN } from '../fake-status.ts';
import { startPageWorld, TOKEN } from './page-world.ts';

const SECRET = 'gateway-secret-4711';
const SAID = `the gateway says ${SECRET} and ${TOKEN}`;

/** An instance in which every text that can hold one holds a secret. */
function leaky(): FakeSource {
  const order = { ...fakeOrder(1), reason: SAID, task: SAID };
  const engine = fakeStatus().engine;
  const source = new FakeSource(
    fakeStatus(
      {},
      {
        name: SAID,
        endpoint: SAID,
        problem: SAID,
        orders: [{ ...order, parts: order.parts.map((part) => ({ ...part, remark: SAID, reason: SAID })) }],
        positions: [{ ...fakePosition(1), name: SAID }],
        unknowns: [{ ...UNKNOWN, reason: SAID }],
        engine: engine === null ? null : { ...engine, gate: SAID, paused: SAID },
        triggers: [{ task: SAID, due: 1, outcome: 'skipped', reason: SAID, startedAt: null, endedAt: null }],
      },
    ),
  );
  source.say(SAID, { source: SAID });
  source.answer = () => SAID;
  return source;
}

test('no answer to anything that can be asked holds a secret', async () => {
  keepSecret(SECRET);
  keepSecret(TOKEN);
  const source = leaky();
  const world = await startPageWorld(source);
  const headers = await world.logIn();
  const instance = 'demo-1a2b3c4d';
  const answers: string[] = [];
  for (const path of ['/', '/page.js', '/page.css', '/icon.svg', '/api/welcome', `/api/status?instance=${instance}`]) {
    answers.push((await world.ask(path, { headers })).text);
  }
  for (const path of [
    `/api/status?instance=${instance}&day=${SECRET}`,
    `/api/status?instance=${SECRET}`,
    `/${SECRET}`,
  ]) {
    answers.push((await world.ask(path, { headers })).text);
  }
  const command = (values: object) =>
    world.ask('/api/command', { method: 'POST', headers, body: { instance, command: 'kill', values } });
  answers.push((await command({})).text);
  source.answer = () => {
    throw new BtError('REFUSED', SAID, { fault: 'config' });
  };
  answers.push((await command({})).text, (await command({ [SECRET]: SECRET })).text);
  source.answer = () => {
    throw new Error(SAID);
  };
  answers.push((await command({})).text);
  answers.push((await world.ask('/api/login', { method: 'POST', body: { token: SECRET } })).text);
  const page = await world.look();
  await vi.waitFor(() => expect(page.named('snapshot')).toHaveLength(1));
  source.say(SAID);
  source.problem = new Error(SAID);
  source.change(instance, {});
  await vi.waitFor(() => expect(page.named('trouble')).toHaveLength(1));
  answers.push(JSON.stringify(page.told));
  for (const answer of answers) {
    expect(answer).not.toContain(SECRET);
    expect(answer).not.toContain(TOKEN);
  }
  expect(answers.join('')).toContain('the gateway says *** and ***');
});
