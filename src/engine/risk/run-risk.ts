import { readKillFile, removeKillFile } from '../../platform/kill-file.ts';
import type { DataRouter } from '../data/data-router.ts';
import { Instruments } from '../data/instruments.ts';
import type { LiveOptions } from '../live-options.ts';
import type { RiskOptions } from './trading-risk.ts';

/** The limits of a run, with the kill switch's file in its folder and the data it has. */
export function riskOf(
  { risk, stateFolder }: Pick<LiveOptions, 'risk' | 'stateFolder'>,
  data: Pick<DataRouter, 'securityInfo'>,
): RiskOptions {
  const instruments = new Instruments(data);
  return {
    ...(risk === undefined ? {} : { risk }),
    killFile: { read: () => readKillFile(stateFolder), remove: () => removeKillFile(stateFolder) },
    instrument: (security, day) => instruments.info(security, day),
  };
}
