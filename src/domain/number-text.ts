/** CNY a share, as written: on the market's grid of 1/10000, without the noise of floating point (7.56, never 7.5600000000000005). */
export function priceText(price: number): string {
  return String(Number(price.toFixed(4)));
}

/** CNY with two decimals. */
export function moneyText(money: number): string {
  return money.toFixed(2);
}

/** Shares: a whole number, or what a venue made of one. */
export function amountText(amount: number): string {
  return priceText(amount);
}

const GROUPED = { minimumFractionDigits: 2, maximumFractionDigits: 2 } as const;
// Made once: `toLocaleString` makes one at each call.
const MONEY = new Intl.NumberFormat('en-US', { ...GROUPED, signDisplay: 'negative' });
const SIGNED_MONEY = new Intl.NumberFormat('en-US', { ...GROUPED, signDisplay: 'exceptZero' });

/** CNY for a person: two decimals, thousands apart. What rounds to zero has no sign. */
export function groupedMoney(money: number): string {
  return MONEY.format(money);
}

/** The same with its sign, also a plus. */
export function signedMoney(money: number): string {
  return SIGNED_MONEY.format(money);
}

/** `+1.25 %`, of a value in per cent; without `isChange` no plus. What rounds to zero has no sign. */
export function percentText(percent: number, isChange = true): string {
  const text = unsignedZero(percent.toFixed(2));
  return `${isChange && percent > 0 && text !== '0.00' ? '+' : ''}${text} %`;
}

/** `12.5 bp`, of a value in hundredths of a per cent. */
export function basisPointsText(basisPoints: number): string {
  return `${unsignedZero(basisPoints.toFixed(1))} bp`;
}

function unsignedZero(text: string): string {
  return text.replace(/^-(?=0\.0+$)/u, '');
}
