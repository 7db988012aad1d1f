import { limitName } from '../../../status/limit-name.ts';
import { useMemo } from 'preact/hooks';
import type { InstanceStatus, RiskLimitStatus } from '../../../status/types.ts';
import { count, timeOn } from '../format.ts';
import { Badge, Card } from '../parts/card.tsx';
import type { Tone } from '../parts/card.tsx';
import { Table } from '../parts/table.tsx';
import type { Column } from '../parts/table.tsx';
import { isWord, named, t } from '../words.ts';
import type { ViewProps } from './view-props.ts';

type Entry = InstanceStatus['risk']['log'][number];

/** From this share of a limit on it is told as nearly used up, as the engine warns. */
const NEARLY = 0.5;

/** What limits allow, how much of it is used, and what they did. */
export function Risk({ doc: { risk, day } }: ViewProps) {
  const columns = useMemo(() => logColumns(day), [day]);
  return (
    <div class="grid">
      <Card title={t('risk')}>
        <Table
          label={t('risk')}
          columns={LIMIT_COLUMNS}
          rows={risk.limits}
          keyOf={({ variable }) => variable}
          none={t('risk.none')}
        />
      </Card>
      <Card title={t('risk.log')}>
        <Table
          label={t('risk.log')}
          columns={columns}
          rows={useMemo(() => risk.log.toReversed(), [risk.log])}
          keyOf={(entry) => `${entry.at} ${entry.rule} ${entry.orderId ?? ''} ${entry.text}`}
          none={t('risk.logNone')}
        />
      </Card>
    </div>
  );
}

const LIMIT_COLUMNS: readonly Column<RiskLimitStatus>[] = [
  { head: 'col.rule', isName: true, cell: (limit) => named('rule', limitName(limit)) },
  { head: 'col.used', isNumber: true, cell: ({ used, unit }) => withUnit(used, unit) },
  {
    head: 'col.limit',
    isNumber: true,
    cell: ({ limit, unit }) => (limit === null ? <span class="note">{t('risk.off')}</span> : withUnit(limit, unit)),
  },
  { head: 'risk.usage', isWide: true, cell: (limit) => <Usage {...limit} /> },
  { head: 'col.setting', isWide: true, cell: ({ variable }) => <code>{variable}</code> },
];

function withUnit(value: number | null, unit: RiskLimitStatus['unit']): string {
  if (value === null) return '—';
  const word = value === 1 ? `one.${unit}` : '';
  return `${count(value)} ${isWord(word) ? t(word) : t(`unit.${unit}`)}`.trim();
}

/** How much of a limit is used, as a bar; the figures beside it say the same. */
function Usage({ used, limit }: RiskLimitStatus) {
  if (used === null || limit === null || limit <= 0) return null;
  const share = Math.min(1, used / limit);
  const tone = share >= 1 ? 'bad' : share >= NEARLY ? 'look' : 'good';
  return (
    <span class="bar" aria-hidden="true">
      <span class={tone} style={{ width: `${share * 100}%` }} />
    </span>
  );
}

const TONES: Readonly<Record<Entry['level'], Tone>> = { told: 'look', denied: 'bad', stopped: 'bad', resumed: 'good' };

function logColumns(day: string): readonly Column<Entry>[] {
  return [
    { head: 'col.time', cell: ({ at }) => timeOn(at, day) },
    { head: 'col.outcome', cell: ({ level }) => <Badge tone={TONES[level]} text={t(`risk.${level}`)} /> },
    { head: 'col.rule', isName: true, cell: ({ rule }) => named('rule', rule) },
    { head: 'col.text', cell: ({ text }) => <span class="reason">{text}</span> },
  ];
}
