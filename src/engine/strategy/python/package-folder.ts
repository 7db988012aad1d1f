import { fileURLToPath } from 'node:url';

/** Python's side of us: a checkout has it among its sources, the built package beside its code. */
export const PYTHON_PACKAGE: string = fileURLToPath(
  import.meta.url.endsWith('.ts')
    ? new URL('../../../../runtime/python/bt_python', import.meta.url)
    : new URL('./python/bt_python', import.meta.url),
);
