// The methods of our tables, one a line, for test/pandas/generate.py.
import { METHODS } from '../test/pandas/definitions.ts';

process.stdout.write(`${METHODS.join('\n')}\n`);
