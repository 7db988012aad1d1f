import { pino } from 'pino';
import type { LogSink, RotationOptions } from './log-record.ts';
import { RotatingFile } from './log-rotate.ts';
import { chinaTimeTextMs } from './log-time.ts';

const LEVELS = { debug: 20, info: 30, warning: 40, error: 50 };

/**
 * JSON lines `{level, time (wall, ISO), market (China), source, ids …, text, fields}` (docs/logs.md) written before `write` returns,
 * so that a killed process has lost nothing. Never throws; `trouble` hears once of each kind of difficulty.
 */
export function fileSink(path: string, trouble: (text: string) => void, rotation: RotationOptions): LogSink {
  const file = new RotatingFile(path, trouble, rotation);
  const lines = pino(
    {
      base: null,
      level: 'debug',
      customLevels: LEVELS,
      useOnlyCustomLevels: true,
      messageKey: 'text',
      formatters: { level: (label) => ({ level: label }) },
      timestamp: () => `,"time":"${new Date().toISOString()}"`,
    },
    file,
  );
  return {
    write: ({ level, source, text, time, fields, ids }) => {
      const facts = { market: chinaTimeTextMs(time), source, ...ids, ...(fields === null ? {} : { fields }) };
      lines[level](facts, text);
    },
    close: () => {
      file.close();
    },
  };
}
