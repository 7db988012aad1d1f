import type { ComponentChildren } from 'preact';
import type { InstanceStatus } from '../../../status/types.ts';
import { age, count, moment, price } from '../format.ts';
import { EngineButton } from '../parts/engine-button.tsx';
import type { PageState } from '../state/page-state.ts';
import { named, t } from '../words.ts';
import type { Asked } from './view-props.ts';
import { isKilled, isPaused } from './head.tsx';

interface AlertsProps {
  readonly state: PageState;
  readonly onAsk: (asked: Asked) => void;
}

/** What a person must not overlook, above every view. */
export function Alerts({ state, onAsk }: AlertsProps) {
  const { doc } = state;
  return (
    <div class="alerts" role="status">
      <LinkAlert state={state} />
      {doc !== null && <EngineAlerts doc={doc} />}
      {doc !== null && <StopAlerts doc={doc} />}
      {doc !== null && doc.unknowns.length > 0 && <Unknowns doc={doc} onAsk={onAsk} />}
    </div>
  );
}

interface AlertProps {
  readonly tone: 'bad' | 'look' | 'quiet';
  readonly title: string;
  readonly children?: ComponentChildren;
}

function Alert({ tone, title, children }: AlertProps) {
  return (
    <div class={`alert ${tone}`}>
      <strong>{title}</strong> <span>{children}</span>
    </div>
  );
}

/** Whether what stands below is of now. */
function LinkAlert({ state }: { readonly state: PageState }) {
  const { link, newsAt, wall, trouble, instance } = state;
  const old = newsAt === null ? null : age(wall - newsAt);
  if (link === 'lost') {
    return (
      <Alert tone="bad" title={t('lost.title')}>
        {old === null ? t('lost.never') : t('lost.text', { age: old })} {t('lost.back')}
      </Alert>
    );
  }
  if (trouble !== null) {
    return (
      <Alert tone="bad" title={t('trouble.title')}>
        {old === null ? trouble.text : t('trouble.text', { text: trouble.text, age: old })}
      </Alert>
    );
  }
  return instance !== null && link === 'connecting' && newsAt !== null ? (
    <Alert tone="look" title={t('lost.back')} />
  ) : null;
}

function EngineAlerts({ doc: { running, problem, engine } }: { readonly doc: InstanceStatus }) {
  if (problem !== null) {
    return (
      <Alert tone="bad" title={t('problem.title')}>
        {t('problem.text', { text: problem })}
      </Alert>
    );
  }
  if (!running) {
    return (
      <Alert tone="quiet" title={t('stopped.title')}>
        {t('stopped.text')}
      </Alert>
    );
  }
  const strategy = engine?.strategy?.state;
  return (
    <>
      {engine !== null && engine.gate !== null && engine.ready && (
        <Alert tone="look" title={t('gate.title')}>
          {engine.gate}
        </Alert>
      )}
      {strategy === 'halted' && (
        <Alert tone="bad" title={t('halted.title')}>
          {t('halted.text')}
        </Alert>
      )}
      {strategy === 'lost' && (
        <Alert tone="bad" title={t('strategyLost.title')}>
          {t('strategyLost.text')}
        </Alert>
      )}
    </>
  );
}

function StopAlerts({ doc: { risk, engine, running } }: { readonly doc: InstanceStatus }) {
  const { stops, kill } = risk;
  const others = stops.filter(({ rule }) => rule !== 'kill' && rule !== 'pause');
  const pause = stops.find(({ rule }) => rule === 'pause')?.text ?? engine?.paused ?? null;
  const why = stops.find(({ rule }) => rule === 'kill')?.text ?? '';
  return (
    <>
      {isKilled(risk) && (
        <Alert tone="bad" title={t('killed.title')}>
          {why} {t('killed.text')}{' '}
          {kill?.flatten === true ? t('killed.flatten') : kill?.cancel === true ? t('killed.cancel') : ''}{' '}
          {kill !== null && (kill.cancel || kill.flatten)
            ? t(kill.done ? 'killed.done' : running ? 'killed.pending' : 'killed.atStart')
            : ''}
        </Alert>
      )}
      {!isKilled(risk) && (isPaused(risk) || pause !== null) && (
        <Alert tone="look" title={t('paused.title')}>
          {pause ?? ''}
        </Alert>
      )}
      {others.map(({ rule, stops: what, text }) => (
        <Alert key={rule} tone="bad" title={t('stops.title')}>
          {t(`stops.${what}`, { text })}
        </Alert>
      ))}
    </>
  );
}

function Unknowns(props: { readonly doc: InstanceStatus; readonly onAsk: AlertsProps['onAsk'] }) {
  return (
    <div class="alert bad">
      <strong>{t('unknown.title')}</strong> <span>{t('unknown.text')}</span>
      <ul class="unknowns">
        {props.doc.unknowns.map((order) => (
          <li key={order.id}>
            <span>
              {named('side', order.side)} {count(order.amount)} {order.security} @ {price(order.price)} ·{' '}
              <code>{order.remark}</code> · {moment(order.since)} {order.reason ?? ''}
            </span>
            <EngineButton
              text={t('do.resolve')}
              isRunning={props.doc.running}
              onClick={() => props.onAsk({ kind: 'resolve', order })}
            />
          </li>
        ))}
      </ul>
    </div>
  );
}
