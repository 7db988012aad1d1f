import { textAnswer } from '../../protocol/encode/answers.ts';
import { healthAnswer } from '../../protocol/encode/health-answer.ts';
import { accountText } from '../account-text.ts';
import { featuresOf } from '../messages.ts';
import { isTruthy, toInt } from '../python.ts';
import type { Action, BrokerAction } from './action.ts';

const DEFAULT_ROWS = 20;

export const health: Action = async ({ services }) => {
  const gateway = await services.gateway.health();
  const { accounts } = services;
  const known = { accounts: accounts.healthKeys(), subAccounts: accounts.subAccountNames() };
  const facts = { ...known, uptime: services.uptime(), sessions: services.sessions(), dryRun: services.dryRun };
  return healthAnswer(
    { ...facts, features: featuresOf(services.gateway, services.sides, services.history !== null) },
    gateway,
  );
};

export const printAccount: BrokerAction = async ({ payload, services }, { account }) => {
  const { gateway, dialect, accountLog } = services;
  const limit = isTruthy(payload['limit']) ? toInt(payload['limit']) : DEFAULT_ROWS;
  const broker = gateway.broker(account);
  const [totals, positions] = await Promise.all([broker.account(), broker.positions()]);
  const holdings = positions.map((position) => ({ ...position, closeableAmount: dialect.shownCloseable(position) }));
  const text = accountText(totals, holdings, limit);
  accountLog?.info(`${account.key}: ${text}`);
  return textAnswer(text, account.key);
};
