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
