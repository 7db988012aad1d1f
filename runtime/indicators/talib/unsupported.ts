import { BtError } from '../../../src/domain/errors.ts';
import { closestName } from '../../../src/domain/closest-name.ts';

/** Names of TA-Lib that this version knows only by name; the candlestick patterns (CDL…) come on top. */
const NOT_SERVED =
  `ACCBANDS ACOS ASIN AVGDEV COS COSH HT_DCPERIOD HT_DCPHASE HT_PHASOR HT_SINE HT_TRENDMODE IMI MAMA MAVP
  MINMAXINDEX SAREXT SIN SINH TAN TANH abstract get_functions get_function_groups set_unstable_period stream`
    .trim()
    .split(/\s+/u);

/** Names that JavaScript, promises, loggers and test tools look for on any object. */
const PROBES = /^(?:then|toJSON|constructor|inspect|nodeType|asymmetricMatch|valueOf|toString|\$\$typeof|@@.*|__.*)$/u;

/** The functions, behind a door that says what is wrong with any other name. */
export function guarded<T extends object>(functions: T): T {
  return new Proxy(functions, {
    get(target, name, receiver) {
      const found: unknown = Reflect.get(target, name, receiver);
      if (found !== undefined || typeof name === 'symbol' || PROBES.test(name)) return found;
      throw unknown(name, Object.keys(target));
    },
  });
}

function unknown(name: string, names: readonly string[]): BtError {
  if (NOT_SERVED.includes(name) || name.startsWith('CDL')) {
    return new BtError('UNSUPPORTED', `talib.${name} is not supported. Calculate it from get_price().`, {
      fault: 'strategy',
    });
  }
  const near = closestName(name, names);
  const advice = near === null ? 'The list is in docs/indicators.md.' : `Did you mean talib.${near}?`;
  return new BtError('UNKNOWN_NAME', `talib has no '${name}'. ${advice}`, { fault: 'strategy' });
}
