// Python's libraries that are there without an import; a strategy that uses one loads it.
import type { DateTime } from 'luxon';
import type pythonDatetime from './datetime.ts';
import type pythonMath from './math.ts';
import type numpy from './numpy.ts';
import type pythonTime from './time.ts';

declare global {
  const datetime: typeof pythonDatetime;
  const math: typeof pythonMath;
  const np: typeof numpy;
  const time: typeof pythonTime;
  type datetime = DateTime;
}
