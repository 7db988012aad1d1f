import type { Log } from '../../platform/log.ts';
import type { StubOptions } from '../options.ts';
import { FaultInjector } from './injector.ts';
import type { FaultOptions } from './types.ts';

export type { GenerateOptions } from './generate.ts';
export { generateFaultPlan } from './generate.ts';
export type { FaultKind } from './kind.ts';
export { FAULT_KINDS } from './kinds.ts';
export { faultPlanText, parseFaultPlan, readFaultPlan } from './plan.ts';
export type { FaultEvent, FaultOptions, FaultPlan, FaultReport, FaultSpec } from './types.ts';

/** Arms a plan for a server. Throws BtError BAD_FAULTS when its market cannot have one of the faults. */
export function createInjector(faults: FaultOptions, options: StubOptions, log: Log): FaultInjector {
  return new FaultInjector(faults, options, log);
}
