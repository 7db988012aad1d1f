import type { DeviationRow } from '../../domain/follow/deviation.ts';
import type { SourcePicture } from '../../domain/follow/signal.ts';
import { amountText } from '../../domain/number-text.ts';
import { chinaText } from '../../domain/time.ts';

/** What a strategy holds against what its source's picture says, in one line. */
export function deviationText(
  name: string,
  picture: SourcePicture,
  rows: readonly DeviationRow[],
  differing: readonly DeviationRow[],
): string {
  const of = `its source's picture of ${chinaText(picture.at).slice(0, 16)}`;
  if (differing.length === 0)
    return `${name} holds what it is to by ${of} (${rows.length} ${rows.length === 1 ? 'security' : 'securities'}).`;
  const few = differing
    .slice(0, 5)
    .map(
      ({ security, wanted, held }) =>
        `${security} ${amountText(held)} instead of ${wanted === null ? '?' : amountText(wanted)}`,
    )
    .join(', ');
  return `${name} DEVIATES from ${of} in ${differing.length} ${differing.length === 1 ? 'security' : 'securities'}: ${few}${differing.length > 5 ? ' …' : ''}. See bt follow status.`;
}
