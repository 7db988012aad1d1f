import { braceFormat } from '../text/brace-format.ts';
import { pyStr } from '../text/python-text.ts';
import { valueError } from './errors.ts';
import { walkOver } from './walk-over.ts';

/** JavaScript's, for the calls that it knows. */
const native = { split: Reflect.get(String.prototype, 'split') as (...values: readonly unknown[]) => string[] };

/** The characters as a class of a regular expression. */
function characters(chars: string | undefined): string {
  return chars === undefined ? '\\s' : `[${chars.replace(/[\]\\^-]/g, '\\$&')}]`;
}

function oneOf(parts: unknown, test: (part: string) => boolean): boolean {
  return typeof parts === 'string' ? test(parts) : Array.from(walkOver(parts, 'startswith()'), String).some(test);
}

/** Python's methods of a text that JavaScript has under another name or not at all; `this` is the text. */
export const TEXT_METHODS: Readonly<Record<string, (this: string, ...values: never[]) => unknown>> = {
  format(...values: readonly unknown[]): string {
    return braceFormat(this, values);
  },
  startswith(parts: unknown): boolean {
    return oneOf(parts, (part) => this.startsWith(part));
  },
  endswith(parts: unknown): boolean {
    return oneOf(parts, (part) => this.endsWith(part));
  },
  upper(): string {
    return this.toUpperCase();
  },
  lower(): string {
    return this.toLowerCase();
  },
  strip(chars?: string): string {
    return this.replace(new RegExp(`^${characters(chars)}+`), '').replace(new RegExp(`${characters(chars)}+$`), '');
  },
  lstrip(chars?: string): string {
    return this.replace(new RegExp(`^${characters(chars)}+`), '');
  },
  rstrip(chars?: string): string {
    return this.replace(new RegExp(`${characters(chars)}+$`), '');
  },
  isdigit(): boolean {
    return /^\d+$/.test(this);
  },
  zfill(width: number): string {
    const sign = /^[+-]/.exec(this)?.[0] ?? '';
    return sign + this.slice(sign.length).padStart(width - sign.length, '0');
  },
  /** Without anything, as Python: the words. JavaScript would give the whole text. */
  split(...values: readonly unknown[]): string[] {
    if (values.length === 0) return this.trim() === '' ? [] : this.trim().split(/\s+/u);
    return Reflect.apply(native.split, this, values);
  },
  /** What is before the first such part, the part, what is behind it. */
  partition(part: string): [string, string, string] {
    const at = this.indexOf(part);
    return at < 0 ? [this, '', ''] : [this.slice(0, at), part, this.slice(at + part.length)];
  },
  find(part: string): number {
    return this.indexOf(part);
  },
  index(part: string): number {
    const at = this.indexOf(part);
    if (at >= 0) return at;
    throw valueError(`text.index(): '${part}' is not in '${this}': ask text.includes(x) first.`);
  },
  count(part: string): number {
    return part === '' ? this.length + 1 : this.split(part).length - 1;
  },
  /** `','.join(list)`; also of numbers, which Python refuses. */
  join(items: unknown): string {
    return Array.from(walkOver(items, 'join()'), pyStr).join(this);
  },
};
