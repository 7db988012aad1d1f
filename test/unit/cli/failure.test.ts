import { expect, test } from 'vitest';
import { failureText } from '../../../src/cli/failure.ts';
import { BtError } from '../../../src/domain/errors.ts';

const ours = new BtError('BAD_CONFIG', 'QMT_SERVER_TOKEN is missing: write it.', { fault: 'config' });

test('an error of ours is its message', () => {
  expect(failureText(ours, false)).toBe('bt: QMT_SERVER_TOKEN is missing: write it.');
});

test('anything else is one line that says how to report it', () => {
  const text = failureText(new TypeError('x is not a function\n  more'), false);
  expect(text).toBe(
    'bt: unexpected error TypeError: x is not a function. This is a fault of bt: run it again with BT_DEBUG=1 and report what it prints.',
  );
  expect(failureText(Object.assign(new Error('no'), { code: 'ENOENT' }), false)).toContain('error ENOENT: no.');
  expect(failureText('thrown text', false)).toContain('UNKNOWN: thrown text.');
});

test('our own mistakes are reported as such', () => {
  expect(failureText(new BtError('IMPOSSIBLE', 'cannot be', { fault: 'bug' }), false)).toContain('error IMPOSSIBLE:');
});

test('the stack and its causes are shown for debugging only', () => {
  const error = new BtError('X', 'outer', { fault: 'venue', cause: new Error('inner') });
  expect(failureText(error, false)).not.toContain('inner');
  expect(failureText(error, true)).toMatch(/bt: outer\n[\s\S]*failure\.test\.ts[\s\S]*caused by Error: inner/u);
});

test('what the system refuses says what to change, whichever call it was', () => {
  const refused = (code: string): Error =>
    Object.assign(new Error(`${code}: no space, write '/x/y'`), { code, syscall: 'write', path: '/x/y' });
  expect(failureText(refused('ENOSPC'), false)).toBe(
    "bt: ENOSPC: no space, write '/x/y': free space on that disk, then run the command again.",
  );
  expect(failureText(refused('EWHATEVER'), false)).toContain('This is a fault of bt');
});
