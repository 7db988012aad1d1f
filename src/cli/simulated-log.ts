import type { Log } from '../platform/log.ts';

/** The same log, each of whose lines begins with the word that there is no QMT behind it. */
export function simulatedLog(log: Log & { close(): void }): Log & { close(): void } {
  return { ...headed(log, 'SIMULATED'), close: () => log.close() };
}

function headed(log: Log, head: string): Log {
  const said = (text: string): string => `[${head}] ${text}`;
  return {
    write: (entry) => log.write({ ...entry, text: said(entry.text) }),
    debug: (text, fields) => log.debug(said(text), fields),
    info: (text, fields) => log.info(said(text), fields),
    warning: (text, fields) => log.warning(said(text), fields),
    error: (text, fields) => log.error(said(text), fields),
    child: (source) => headed(log.child(source), head),
  };
}
