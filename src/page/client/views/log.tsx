import { useMemo, useState } from 'preact/hooks';
import { Card, Empty } from '../parts/card.tsx';
import type { LogLine } from '../../wire.ts';
import { t } from '../words.ts';
import type { ViewProps } from './view-props.ts';

const LEVELS = ['debug', 'info', 'warning', 'error'] as const;
type Level = (typeof LEVELS)[number];

/** Lines that are drawn; filters look through all that are kept. */
const MOST = 300;

interface Filter {
  readonly level: Level;
  readonly source: string;
  readonly text: string;
}

/** The instance's log, newest first. */
export function LogView({ state: { log } }: ViewProps) {
  const [filter, setFilter] = useState<Filter>({ level: 'debug', source: '', text: '' });
  const sources = useMemo(() => [...new Set(log.map(({ source }) => source))].toSorted(), [log]);
  const lines = useMemo(
    () =>
      log
        .filter((line) => isShown(line, filter))
        .slice(-MOST)
        .toReversed(),
    [log, filter],
  );
  return (
    <Card title={t('log')} actions={<span class="note">{t('log.newest', { count: lines.length })}</span>}>
      <Filters sources={sources} filter={filter} onChange={(more) => setFilter({ ...filter, ...more })} />
      {lines.length === 0 ? (
        <Empty text={t('log.none')} />
      ) : (
        <div class="log" role="region" aria-label={t('log')} tabIndex={0}>
          <ol>
            {lines.map((line) => (
              <Line key={line.n} line={line} />
            ))}
          </ol>
        </div>
      )}
    </Card>
  );
}

function isShown({ level, source, text }: LogLine, filter: Filter): boolean {
  if (LEVELS.indexOf(level) < LEVELS.indexOf(filter.level)) return false;
  if (filter.source !== '' && source !== filter.source) return false;
  return text.toLowerCase().includes(filter.text.trim().toLowerCase());
}

function Line({ line: { market, level, source, text } }: { readonly line: LogLine }) {
  return (
    <li class={`line ${level}`}>
      <time>{market.slice(0, 19)}</time> <b>{t(`level.${level}`)}</b> <i>{source}</i> <span>{text}</span>
    </li>
  );
}

interface FiltersProps {
  readonly sources: readonly string[];
  readonly filter: Filter;
  readonly onChange: (more: Partial<Filter>) => void;
}

function Filters({ sources, filter, onChange }: FiltersProps) {
  return (
    <div class="filters">
      <label>
        {t('log.level')}
        <select
          value={filter.level}
          onChange={(event) =>
            onChange({ level: LEVELS.find((level) => level === event.currentTarget.value) ?? 'debug' })
          }
        >
          {LEVELS.map((level) => (
            <option key={level} value={level}>
              {t(`level.${level}`)}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('log.source')}
        <select value={filter.source} onChange={(event) => onChange({ source: event.currentTarget.value })}>
          <option value="">{t('log.all')}</option>
          {sources.map((source) => (
            <option key={source} value={source}>
              {source}
            </option>
          ))}
        </select>
      </label>
      <label>
        {t('log.text')}
        <input type="search" value={filter.text} onInput={(event) => onChange({ text: event.currentTarget.value })} />
      </label>
    </div>
  );
}
