import { isTruthy, missingAttribute, needObject, requestFailed, toText } from './python.ts';
import { isJsonObject } from '../protocol/json.ts';
import type { JsonObject } from '../protocol/json.ts';
import type { Action, ActionCall, ActionServices, BrokerAction, ServedSides } from './actions/action.ts';
import { health, printAccount } from './actions/admin.ts';
import { BROKER_ACTIONS } from './actions/broker.ts';
import { DATA_ACTIONS } from './actions/data.ts';
import { notImplemented } from './actions/not-implemented.ts';
import type { ResolvedAccount } from './account-types.ts';
import type { Log } from '../platform/log.ts';
import type { Dispatch } from './requests.ts';
import { withLabel } from '../protocol/encode/answers.ts';

/** Clients know that nothing was entered when they see it. */
const NO_BROKER = '券商服务未启用';

type Route =
  | { readonly kind: 'plain'; readonly method: string; readonly run: Action }
  | { readonly kind: 'account'; readonly method: string; readonly run: BrokerAction };

/** Looks an action up in the tables (nothing else can be reached), carries it out, and makes what it changed durable. */
export function createDispatch(services: ActionServices, log: Log): Dispatch {
  const reportUnknownKey = onceForEach((key) => {
    log.warning(`account_key "${key}" does not exist: the default account stands in for it.`);
  });
  return async (action, payload, session, signal) => {
    const route = findRoute(action, services.sides);
    const fields: JsonObject = isTruthy(payload) ? needObject(payload) : {};
    const call: ActionCall = { payload: fields, session, method: route.method, signal, services };
    if (route.kind === 'plain') return marked(await route.run(call), services);
    const { accounts, dialect } = services;
    const resolved = dialect.guessesAccounts
      ? accounts.resolve(fields, session.identity)
      : accounts.resolveNamed(fields, session.identity);
    if (resolved.unknownKey !== null) reportUnknownKey(resolved.unknownKey);
    const answer = await route.run(call, resolved);
    // Whoever is told something must find it again after a crash.
    await services.persist();
    return marked(await labelled(answer, resolved, services), services);
  };
}

function findRoute(action: unknown, sides: ServedSides): Route {
  if (!isTruthy(action)) throw requestFailed('缺少 action 字段');
  if (typeof action !== 'string') throw missingAttribute(action, 'startswith');
  if (action === 'admin.health') return { kind: 'plain', method: 'health', run: health };
  if (action === 'admin.print_account') {
    if (!sides.broker) throw requestFailed(NO_BROKER);
    return { kind: 'account', method: 'print_account', run: printAccount };
  }
  if (action.startsWith('data.')) {
    if (!sides.data) throw requestFailed('数据服务未启用');
    const method = action.slice('data.'.length);
    return { kind: 'plain', method, run: DATA_ACTIONS.get(method) ?? notImplemented(method) };
  }
  if (action.startsWith('broker.')) {
    if (!sides.broker) throw requestFailed(NO_BROKER);
    const method = action.slice('broker.'.length);
    const run = BROKER_ACTIONS.get(method);
    if (run === undefined) throw requestFailed(`券商接口 ${method} 未实现`);
    return { kind: 'account', method, run };
  }
  throw requestFailed(`未知 action: ${toText(action)}`);
}

async function labelled(answer: unknown, resolved: ResolvedAccount, services: ActionServices): Promise<unknown> {
  if (resolved.subAccount === null) return answer;
  const rows: unknown[] = Array.isArray(answer) ? answer : [answer];
  await services.gateway.broker(resolved.account).label?.(rows.flatMap(orderIdOf), resolved.subAccount.id);
  return withLabel(answer, resolved.subAccount.id);
}

/** Whoever looks at an answer of a rehearsal sees that it is one, through whichever door it came. */
function marked(answer: unknown, { dryRun }: ActionServices): unknown {
  if (!dryRun) return answer;
  if (Array.isArray(answer)) return answer.map((row: unknown) => (isJsonObject(row) ? { ...row, dry_run: true } : row));
  return isJsonObject(answer) ? { ...answer, dry_run: true } : answer;
}

function orderIdOf(row: unknown): string[] {
  if (typeof row !== 'object' || row === null || !('order_id' in row)) return [];
  return typeof row.order_id === 'string' ? [row.order_id] : [];
}

/** A client may send any number of wrong keys: each is reported once, and only so many. */
function onceForEach(report: (text: string) => void): (text: string) => void {
  const seen = new Set<string>();
  return (text) => {
    if (seen.has(text) || seen.size >= 100) return;
    seen.add(text);
    report(text);
  };
}
