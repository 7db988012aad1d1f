/** Programs without which a test is skipped on a person's machine, and fails where `.ci/run` has installed them. */
export function skipsWithout(program: string, isThere: boolean): boolean {
  const needed = (process.env['BT_MUST_HAVE'] ?? '').split(' ');
  return !isThere && !needed.includes(program);
}
