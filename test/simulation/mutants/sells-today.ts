import type { project } from '../../../src/domain/order/projection.ts';

/** An owner of a part is shown as his to sell what the broker lets the whole account sell, up to what he has. */
export function hasty(real: typeof project): typeof project {
  return (inputs) => {
    const view = real(inputs);
    if (inputs.owned === null) return view;
    const free = new Map(inputs.base.positions.map((held) => [held.security, held.closeableAmount]));
    const positions = view.positions.map((held) => {
      return { ...held, closeableAmount: Math.min(held.amount, free.get(held.security) ?? 0) };
    });
    return { ...view, positions };
  };
}
