import { chmod } from 'node:fs/promises';
import { afterEach, describe, expect, it } from 'vitest';
import { findPython } from '../../../../../src/engine/strategy/python/interpreter.ts';
import { Workspace } from '../workspace.ts';

let space: Workspace | null = null;
afterEach(() => space?.remove());

/** A folder with programs that answer as a Python of that version does. */
async function pythons(versions: Readonly<Record<string, string>>): Promise<Workspace> {
  const script = ([path, version]: [string, string]): [string, string] => [
    path,
    `#!/bin/sh\nprintf '${version}\\n/of/${version}'\n`,
  ];
  space = await Workspace.make(Object.fromEntries(Object.entries(versions).map(script)));
  for (const path of Object.keys(versions)) await chmod(space.path(path), 0o755);
  return space;
}

describe.skipIf(process.platform === 'win32')('the Python of a script', () => {
  it('is the one that was asked for, and no other when there is none', async () => {
    const { path } = await pythons({ 'own/python': '3.9.1' }).then((made) => ({ path: made.path('own/python') }));
    expect(await findPython('/x/main.py', path)).toEqual({ version: '3.9.1', path: '/of/3.9.1' });
    await expect(findPython('/x/main.py', '/no/such/python')).rejects.toMatchObject({
      code: 'PYTHON_MISSING',
      message: expect.stringMatching(/'\/no\/such\/python'.*Install Python 3\.8/su) as string,
    });
  });

  it('is the one in .venv beside the script', async () => {
    const made = await pythons({ '.venv/bin/python': '3.12.0' });
    expect((await findPython(made.path('main.py'), null)).version).toBe('3.12.0');
  });

  it.each(['2.7.18', '3.7.9'])('is refused when it is %s', async (version) => {
    const made = await pythons({ python: version });
    await expect(findPython('/x/main.py', made.path('python'))).rejects.toMatchObject({
      code: 'PYTHON_TOO_OLD',
      message: expect.stringContaining(`Python ${version}`) as string,
    });
  });
});
