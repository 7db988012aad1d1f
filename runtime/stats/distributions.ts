/** The natural logarithm of the gamma function, for positive numbers (Lanczos). */
function logGamma(x: number): number {
  const terms = [
    76.180_091_729_471_46, -86.505_320_329_416_8, 24.014_098_240_830_91, -1.231_739_572_450_155,
    0.120_865_097_386_617_9e-2, -0.539_523_938_495_3e-5,
  ];
  const base = x + 5.5 - (x + 0.5) * Math.log(x + 5.5);
  const series = terms.reduce((sum, term, i) => sum + term / (x + 1 + i), 1.000_000_000_190_015);
  return -base + Math.log((2.506_628_274_631 * series) / x);
}

/** The regularized incomplete beta function. */
function incompleteBeta(a: number, b: number, x: number): number {
  if (x <= 0) return 0;
  if (x >= 1) return 1;
  const front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x));
  return x < (a + 1) / (a + b + 2) ? (front * fraction(a, b, x)) / a : 1 - (front * fraction(b, a, 1 - x)) / b;
}

/** Its continued fraction (Lentz). */
function fraction(a: number, b: number, x: number): number {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 / (1 - ((a + b) * x) / (a + 1));
  let value = d;
  for (let m = 1; m < 300; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m));
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1));
    let change = 1;
    for (const step of [even, odd]) {
      d = 1 / (Math.abs(1 + step * d) < tiny ? tiny : 1 + step * d);
      c = Math.abs(1 + step / c) < tiny ? tiny : 1 + step / c;
      change = d * c;
      value *= change;
    }
    if (Math.abs(change - 1) < 1e-15) break;
  }
  return value;
}

/** Chance of a value of Student's t at least that far from 0, on either side. */
export function twoSided(t: number, freedom: number): number {
  return Number.isNaN(t) ? NaN : incompleteBeta(freedom / 2, 0.5, freedom / (freedom + t * t));
}
