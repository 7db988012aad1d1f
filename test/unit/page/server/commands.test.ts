import { describe, expect, test } from 'vitest';
import { BtError } from '../../../../src/domain/errors.ts';
import { readCommand } from '../../../../src/page/server/commands.ts';
import { FakeSource } from '../fake-source.ts';
import { startPageWorld } from './page-world.ts';

const INSTANCE = 'demo-1a2b3c4d';

describe('a command', () => {
  test.each<[string, Readonly<Record<string, string>>]>([
    ['kill', { reason: 'too fast', cancel: 'yes' }],
    ['kill', { flatten: 'yes' }],
    ['kill', {}],
    ['pause', { reason: 'lunch' }],
    ['resume', { reason: 'looked at' }],
    ['resolve', { id: 'k3v9x0aa', as: '1073741901' }],
    ['resolve', { id: 'k3v9x0aa', filled: '500', price: '10.25' }],
    ['resolve', { id: 'k3v9x0aa', notPlaced: 'yes' }],
    ['adopt', { id: '1073741901' }],
    ['cancel', { id: 'o17' }],
  ])('%s with %j reaches the engine as it was asked for', (command, values) => {
    expect(readCommand({ instance: INSTANCE, command, values })).toEqual({ instance: INSTANCE, command, values });
  });

  test.each<[string, unknown]>([
    ['no object', null],
    ['no command', { instance: INSTANCE, values: {} }],
    ['one that there is not', { instance: INSTANCE, command: 'status', values: {} }],
    ['a member of every object', { instance: INSTANCE, command: 'constructor', values: {} }],
    ['a value that there is not', { instance: INSTANCE, command: 'pause', values: { cancel: 'yes' } }],
    ['a value that is no text', { instance: INSTANCE, command: 'kill', values: { cancel: true } }],
    ['another word than yes', { instance: INSTANCE, command: 'kill', values: { cancel: 'true' } }],
    ['no reason to go on', { instance: INSTANCE, command: 'resume', values: { reason: ' ' } }],
    ['a half of a share', { instance: INSTANCE, command: 'resolve', values: { id: 'a', filled: '0.5' } }],
    ['no order', { instance: INSTANCE, command: 'cancel', values: { id: '' } }],
    ['something else beside it', { instance: INSTANCE, command: 'pause', values: {}, token: 'x' }],
  ])('%s is refused', (_, body) => {
    expect(() => readCommand(body)).toThrowError(
      expect.objectContaining({ status: 400, code: 'BAD_COMMAND' }) as Error,
    );
  });

  test('tells what the engine answered, or refused', async () => {
    const source = new FakeSource();
    const world = await startPageWorld(source);
    const headers = await world.logIn();
    const ask = (command: string, values = {}) =>
      world.ask('/api/command', { method: 'POST', headers, body: { instance: INSTANCE, command, values } });
    expect((await ask('kill', { cancel: 'yes' })).json()).toEqual({ text: 'kill is done' });
    expect(source.commands).toEqual([{ instance: INSTANCE, request: { command: 'kill', values: { cancel: 'yes' } } }]);
    source.answer = () => {
      throw new BtError('REASON_NEEDED', 'Say why they may go on.', { fault: 'config' });
    };
    const refused = await ask('resume', { reason: 'x' });
    expect(refused.json()).toMatchObject({ code: 'REASON_NEEDED', detail: 'Say why they may go on.' });
    expect(refused.status).toBeGreaterThanOrEqual(400);
  });

  test.each(['nothing', '../demo-1a2b3c4d', 'demo-1a2b3c4d/..', '/etc'])(
    'of an instance "%s" that there is not is refused',
    async (instance) => {
      const world = await startPageWorld();
      const headers = await world.logIn();
      const answer = await world.ask('/api/command', {
        method: 'POST',
        headers,
        body: { instance, command: 'kill', values: {} },
      });
      expect(answer.status).toBe(404);
      expect((await world.ask(`/api/status?instance=${encodeURIComponent(instance)}`, { headers })).status).toBe(404);
      expect((await world.ask(`/api/stream?instance=${encodeURIComponent(instance)}`, { headers })).status).toBe(404);
      expect(world.source.commands).toEqual([]);
      expect(world.source.readings).toBe(0);
    },
  );
});
