import type { ComponentChildren } from 'preact';
import type { InstanceStatus } from '../../../status/types.ts';
import { moment } from '../format.ts';
import { Badge } from '../parts/card.tsx';
import { EngineButton } from '../parts/engine-button.tsx';
import type { PageState } from '../state/page-state.ts';
import type { Store } from '../state/store.ts';
import { t } from '../words.ts';
import type { Asked } from './view-props.ts';
import { SettingsMenu } from './settings-menu.tsx';

export interface HeadProps {
  readonly state: PageState;
  readonly store: Store;
  readonly redraw: () => void;
  readonly onAsk: (asked: Asked) => void;
  /** Stands first. */
  readonly children: ComponentChildren;
}

/** Which instance this is, how it is, what time it is there, and what stops it. */
export function Head({ state, store, redraw, onAsk, children }: HeadProps) {
  const { doc, instances } = state;
  return (
    <header class="head">
      {children}
      <span class="brand" aria-hidden="true">
        bt
      </span>
      <InstanceChoice state={state} onChoose={(name) => store.show(name)} />
      {doc !== null && <State doc={doc} />}
      <span class="space" />
      {doc !== null && <MarketTime doc={doc} />}
      {doc !== null && instances.length > 0 && <Stops doc={doc} onAsk={onAsk} />}
      <SettingsMenu redraw={redraw} onLogOut={() => void store.logOut()} />
    </header>
  );
}

function InstanceChoice(props: { readonly state: PageState; readonly onChoose: (name: string) => void }) {
  const { instances, instance, doc } = props.state;
  if (instances.length < 2) return <strong class="instance">{doc?.name ?? instance ?? ''}</strong>;
  return (
    <select
      class="instance"
      aria-label={t('instance')}
      value={instance ?? ''}
      onChange={(event) => props.onChoose(event.currentTarget.value)}
    >
      {instances.map(({ instance: one, running }) => (
        <option key={one} value={one}>
          {`${running ? '●' : '○'} ${one}`}
        </option>
      ))}
    </select>
  );
}

/** The one word that matters most, and on what it trades. */
function State({ doc }: { readonly doc: InstanceStatus }) {
  const { engine } = doc;
  return (
    <span class="states">
      <Badge {...stateOf(doc)} />
      {engine?.stub === true && <Badge tone="quiet" text={t('state.paper')} />}
      {engine?.stub === false && <Badge tone="look" text={t('state.real')} />}
    </span>
  );
}

function stateOf({ running, engine, risk, problem }: InstanceStatus): Parameters<typeof Badge>[0] {
  if (isKilled(risk)) return { tone: 'bad', text: t('state.killed') };
  if (!running) return { tone: 'quiet', text: t('state.stopped') };
  if (engine === null) return { tone: problem === null ? 'busy' : 'bad', text: t('state.running') };
  if (engine.paused !== null || isPaused(risk)) return { tone: 'look', text: t('state.paused') };
  if (!engine.ready) return { tone: 'busy', text: t('state.starting') };
  return engine.gate === null ? { tone: 'good', text: t('state.trading') } : { tone: 'look', text: t('state.waits') };
}

function MarketTime({ doc }: { readonly doc: InstanceStatus }) {
  const kind = doc.clock === 'simulated' || doc.clock === 'gateway' ? doc.clock : 'wall';
  return (
    <span class="clock" title={`${t('clock.market')}: ${t(`clock.${kind}`)}`}>
      <span class="hidden">{t('clock.market')}</span> <time>{moment(doc.now)}</time>
    </span>
  );
}

function Stops({ doc, onAsk }: Pick<HeadProps, 'onAsk'> & { readonly doc: InstanceStatus }) {
  const { risk, engine, running } = doc;
  const isStopped =
    isKilled(risk) ||
    risk.stops.length > 0 ||
    (engine?.paused ?? null) !== null ||
    engine?.strategy?.state === 'halted';
  const isHeld = isKilled(risk) || isPaused(risk);
  return (
    <span class="stops">
      {isStopped && (
        <EngineButton
          text={t('do.resume')}
          class="main"
          isRunning={running}
          why={t('do.resumeInTerminal')}
          isTight
          onClick={() => onAsk({ kind: 'resume' })}
        />
      )}
      {!isHeld && (
        <EngineButton text={t('do.pause')} isRunning={running} isTight onClick={() => onAsk({ kind: 'pause' })} />
      )}
      <button type="button" class="grave" onClick={() => onAsk({ kind: 'kill' })}>
        {t('do.kill')}
      </button>
    </span>
  );
}

export function isKilled({ killFile, stops }: InstanceStatus['risk']): boolean {
  return killFile || stops.some(({ rule }) => rule === 'kill');
}

export function isPaused({ stops }: InstanceStatus['risk']): boolean {
  return stops.some(({ rule }) => rule === 'pause');
}
