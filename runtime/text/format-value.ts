import { valueError } from '../builtins/errors.ts';
import { padEnd, padStart, textWidth } from './width.ts';
import { numberBody } from './percent-format.ts';
import { pyRepr, pyStr } from './python-text.ts';

/** `[[fill]align][sign][#][0][width][,][.precision][type]` */
const SPEC =
  /^(?:(?<fill>.)?(?<align>[<>=^]))?(?<sign>[-+ ])?(?<alt>#)?(?<zero>0)?(?<width>\d+)?(?<comma>[,_])?(?:\.(?<precision>\d+))?(?<kind>[bcdeEfFgGnosxX%])?$/su;

type Groups = Readonly<Record<string, string | undefined>>;

/** Python's `format(value, spec)`: `.2f`, `+.1%`, `,.0f`, `>10`, `05d`; of times as strftime. VALUE_ERROR for a format that does not fit. */
export function formatValue(value: unknown, spec: string): string {
  if (spec === '') return pyStr(value);
  if (typeof value === 'object' && value !== null && 'strftime' in value && typeof value.strftime === 'function') {
    return String(Reflect.apply(value.strftime, value, [spec]));
  }
  const groups = SPEC.exec(spec)?.groups;
  if (groups === undefined)
    throw valueError(`the format '${spec}' is none: write one like '.2f', ',.0f', '>10' or '.1%'.`);
  const number =
    typeof value === 'boolean' && groups['kind'] !== 's' && groups['kind'] !== undefined ? Number(value) : value;
  if (typeof number === 'number' && groups['kind'] !== 's') return formatNumber(number, groups, spec);
  return formatText(value, groups, spec);
}

function formatText(value: unknown, groups: Groups, spec: string): string {
  const { kind } = groups;
  if (kind !== undefined && kind !== 's') {
    throw valueError(
      `the format '${spec}' is one of numbers, and the value is ${pyRepr(value)}: write float(x) or another format.`,
    );
  }
  const { precision } = groups;
  const text = precision === undefined ? pyStr(value) : Array.from(pyStr(value)).slice(0, Number(precision)).join('');
  return aligned(text, '', groups, '<');
}

function formatNumber(value: number, groups: Groups, spec: string): string {
  const magnitude = Math.abs(value);
  const body = bodyOf(magnitude, groups, spec);
  const isNegative = value < 0;
  const sign = isNegative ? '-' : groups['sign'] === '+' || groups['sign'] === ' ' ? groups['sign'] : '';
  return aligned(groups['comma'] === undefined ? body : grouped(body, groups['comma']), sign, groups, '>');
}

function bodyOf(value: number, groups: Groups, spec: string): string {
  const { kind, precision } = groups;
  const digits = precision === undefined ? null : Number(precision);
  switch (kind) {
    case '%':
      return `${numberBody(value * 100, 'f', digits)}%`;
    case 'd':
    case 'n':
    case 'x':
    case 'X':
    case 'o':
    case 'b':
      if (!Number.isInteger(value)) {
        throw valueError(
          `the format '${spec}' is one of whole numbers, and the value is ${pyStr(value)}: write int(x) or '.0f'.`,
        );
      }
      return kind === 'b' ? value.toString(2) : numberBody(value, kind === 'n' ? 'd' : kind, digits);
    case undefined:
      return digits === null ? pyStr(value) : numberBody(value, 'g', digits);
    default:
      return numberBody(value, kind, digits);
  }
}

/** Thousands apart. */
function grouped(body: string, mark: string): string {
  return body.replace(/^\d+/, (whole) => whole.replace(/\B(?=(?:\d{3})+$)/g, mark));
}

function aligned(body: string, sign: string, groups: Groups, usual: '<' | '>'): string {
  const width = Number(groups['width'] ?? 0);
  const isZero = groups['zero'] !== undefined && groups['align'] === undefined;
  const align = isZero && usual === '>' ? '=' : (groups['align'] ?? usual);
  const fill = groups['fill'] ?? (isZero ? '0' : ' ');
  const text = sign + body;
  if (fill === ' ' && align === '<') return padEnd(text, width);
  if (fill === ' ' && align === '>') return padStart(text, width);
  const missing = Math.max(0, width - textWidth(text));
  if (align === '=') return sign + fill.repeat(missing) + body;
  const left = align === '<' ? 0 : align === '>' ? missing : Math.floor(missing / 2);
  return fill.repeat(left) + text + fill.repeat(missing - left);
}
