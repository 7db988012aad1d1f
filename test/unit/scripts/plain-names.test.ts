import { buildSync } from 'esbuild';
import { expect, test } from 'vitest';
import { plainNames } from '../../../scripts/plain-names.ts';

const SOURCE = `
class Shown { static of() { return new Shown(); } own = (x) => x; }
export const top = (n) => {
  const inner = (x) => x + 1;
  function declared(x) { return inner(x); }
  return [n].map((x) => declared(x));
};
export const table = { member: (x) => x };
export const names = () => [Shown.name, top.name, table.member.name, Shown.of().own.name].join();
`;

function bundled(): string {
  return (
    buildSync({
      stdin: { contents: SOURCE },
      write: false,
      format: 'esm',
      keepNames: true,
    }).outputFiles[0]?.text ?? ''
  );
}

async function named(code: string): Promise<string> {
  const module = (await import(`data:text/javascript,${encodeURIComponent(code)}`)) as { names: () => string };
  return module.names();
}

test('a bundle keeps the names that are shown, and names nothing in what runs often', async () => {
  const before = bundled();
  const after = plainNames(before);
  for (const name of ['"inner"', '"declared"', '"top"']) {
    expect(before).toContain(name);
    expect(after).not.toContain(name);
  }
  expect(after).toHaveLength(before.length);
  expect(await named(after)).toBe('Shown,top,member,own');
  expect(await named(before)).toBe('Shown,top,member,own');
});
