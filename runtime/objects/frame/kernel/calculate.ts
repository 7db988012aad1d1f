/** Element-wise loops over two columns of numbers; a step of 0 keeps one operand at its single cell. */
export type Arithmetic = 'add' | 'sub' | 'mul' | 'div' | 'floordiv' | 'mod' | 'pow';
export type Comparison = 'gt' | 'ge' | 'lt' | 'le' | 'eq' | 'ne';

type Loop<Out> = (a: Float64Array, sa: number, b: Float64Array, sb: number, out: Out) => void;

const ARITHMETIC: Readonly<Record<Arithmetic, Loop<Float64Array>>> = {
  add: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) + (b[i * sb] ?? NaN);
  },
  sub: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) - (b[i * sb] ?? NaN);
  },
  mul: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) * (b[i * sb] ?? NaN);
  },
  div: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) / (b[i * sb] ?? NaN);
  },
  floordiv: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = Math.floor((a[i * sa] ?? NaN) / (b[i * sb] ?? NaN));
  },
  mod: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = pythonMod(a[i * sa] ?? NaN, b[i * sb] ?? NaN);
  },
  pow: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = numpyPow(a[i * sa] ?? NaN, b[i * sb] ?? NaN);
  },
};

const COMPARISON: Readonly<Record<Comparison, Loop<Uint8Array>>> = {
  gt: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) > (b[i * sb] ?? NaN) ? 1 : 0;
  },
  ge: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) >= (b[i * sb] ?? NaN) ? 1 : 0;
  },
  lt: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) < (b[i * sb] ?? NaN) ? 1 : 0;
  },
  le: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) <= (b[i * sb] ?? NaN) ? 1 : 0;
  },
  eq: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) === (b[i * sb] ?? NaN) ? 1 : 0;
  },
  ne: (a, sa, b, sb, out) => {
    for (let i = 0; i < out.length; i += 1) out[i] = (a[i * sa] ?? NaN) === (b[i * sb] ?? NaN) ? 0 : 1;
  },
};

/** Python's %: the sign of the divisor. */
export function pythonMod(a: number, b: number): number {
  const rest = a % b;
  if (rest !== 0 && rest < 0 !== b < 0) return Number.isFinite(b) ? rest + b : b;
  return rest + 0;
}

/** 1 ** NaN is 1 for numpy. */
function numpyPow(a: number, b: number): number {
  return a === 1 ? 1 : a ** b;
}

export function calculate(op: Arithmetic, a: Float64Array, b: Float64Array, n: number): Float64Array {
  const out = new Float64Array(n);
  ARITHMETIC[op](a, a.length === n ? 1 : 0, b, b.length === n ? 1 : 0, out);
  return out;
}

export function compare(op: Comparison, a: Float64Array, b: Float64Array, n: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(n);
  COMPARISON[op](a, a.length === n ? 1 : 0, b, b.length === n ? 1 : 0, out);
  return out;
}
