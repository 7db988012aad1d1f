import type { ComponentChildren } from 'preact';
import type { EngineStatus, InstanceStatus } from '../../../status/types.ts';
import { ago, megabytes, MISSING, moment, timeOn } from '../format.ts';
import { Badge, Card, Empty } from '../parts/card.tsx';
import { named, t } from '../words.ts';
import type { ViewProps } from './view-props.ts';

/** How the gateway, the engine and this page are. */
export function Health({ state, doc }: ViewProps) {
  const { engine } = doc;
  return (
    <div class="grid two">
      <Gateway doc={doc} />
      <Card title={t('health.engine')}>
        {engine === null ? <Empty text={t('health.none')} /> : <Engine doc={doc} engine={engine} />}
      </Card>
      <Card title={t('health.page')}>
        <dl class="facts">
          <Fact name={t('health.news')}>{state.newsAt === null ? MISSING : ago(state.wall - state.newsAt)}</Fact>
          <Fact name={t('health.version')}>{state.welcome?.version ?? MISSING}</Fact>
        </dl>
      </Card>
    </div>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function Gateway({ doc }: { readonly doc: InstanceStatus }) {
  const { engine, broker, endpoint, account, day } = doc;
  const kind = engine?.stub ?? null;
  return (
    <Card title={t('health.gateway')}>
      <dl class="facts">
        <Fact name={t('health.broker')}>{broker}</Fact>
        <Fact name={t('health.endpoint')}>{endpoint}</Fact>
        <Fact name={t('health.account')}>{account ?? MISSING}</Fact>
        <Fact name={t('health.kind')}>{kind === null ? MISSING : t(kind ? 'state.paper' : 'state.real')}</Fact>
        {engine !== null && <Quotes quotes={engine.quotes} day={day} />}
        {(engine?.links ?? []).map(({ session, up, reason, since }) => (
          <Fact key={session} name={`${t('col.session')} ${session}`}>
            <Badge tone={up ? 'good' : 'bad'} text={t(up ? 'health.up' : 'health.down')} />{' '}
            {since === null ? '' : timeOn(since, day)} {reason ?? ''}
          </Fact>
        ))}
      </dl>
    </Card>
  );
}

function Quotes({ quotes: { alive, lastAt }, day }: { readonly quotes: EngineStatus['quotes']; readonly day: string }) {
  return (
    <Fact name={t('health.quotes')}>
      {alive === null ? (
        MISSING
      ) : (
        <Badge tone={alive ? 'good' : 'bad'} text={t(alive ? 'health.quotesAlive' : 'health.quotesDead')} />
      )}{' '}
      {lastAt === null ? '' : t('health.lastQuote', { time: timeOn(lastAt, day) })}
    </Fact>
  );
}

function Engine({ doc, engine }: { readonly doc: InstanceStatus; readonly engine: EngineStatus }) {
  const { strategy, startedAt, ready, gate, memoryMb, ledgerBytes, version } = engine;
  return (
    <dl class="facts">
      <Fact name={t('health.strategy')}>
        {strategy === null
          ? MISSING
          : strategy.state === 'running'
            ? t('strategy.running', { task: strategy.inTask ?? '' })
            : named('strategy', strategy.state)}
      </Fact>
      <Fact name={t('health.gate')}>{gate ?? t('health.gateOpen')}</Fact>
      <Fact name={t('health.startedAt')}>
        {moment(startedAt)} · {t(ready ? 'health.readyYes' : 'health.readyNo')}
      </Fact>
      <Fact name={t('clock.market')}>{named('clock', doc.clock)}</Fact>
      <Fact name={t('health.memory')}>{`${Math.round(memoryMb)} MB`}</Fact>
      <Fact name={t('health.ledger')}>{megabytes(ledgerBytes)}</Fact>
      <Fact name={t('health.version')}>{version}</Fact>
      <Fact name={t('health.pid')}>{doc.pid ?? MISSING}</Fact>
    </dl>
  );
}
