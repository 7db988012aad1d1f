import type { FaultOptions, FaultReport, MarketKind } from '../server/index.ts';

/** A plan of faults, checked. */
export type FaultPlan = FaultOptions['plan'];

/** What `--faults` names: the plan of a seed (digits only), or of a file. Throws BtError BAD_FAULTS. */
export async function loadFaults(text: string, market: MarketKind): Promise<FaultPlan> {
  // Loaded only where something is to go wrong.
  const { generateFaultPlan, readFaultPlan } = await import('../server/faults/index.ts');
  return /^\d{1,15}$/u.test(text) ? generateFaultPlan(Number(text), { market }) : readFaultPlan(text);
}

/** The plan as a file for `--faults`. */
export async function faultsText(plan: FaultPlan): Promise<string> {
  const { faultPlanText } = await import('../server/faults/index.ts');
  return faultPlanText(plan);
}

/** `drop 3, error 12`; null when nothing happened. */
export function faultCounts(report: FaultReport | null): string | null {
  const counts = Object.entries(report?.counts ?? {}).map(([kind, count]) => `${kind} ${count}`);
  return counts.length === 0 ? null : counts.join(', ');
}
