import { accountText } from '../account-text.ts';
import { FEATURES } from '../messages.ts';
import { isTruthy, toInt } from '../python.ts';
import type { Action, BrokerAction } from './action.ts';

const DEFAULT_ROWS = 20;

export const health: Action = ({ services }) => ({
  dtype: 'dict',
  value: {
    process_alive: true,
    uptime_seconds: services.uptime(),
    sessions: services.sessions(),
    accounts: services.accounts.healthKeys(),
    features: FEATURES,
    ...services.market.health(),
  },
});

export const printAccount: BrokerAction = ({ payload, services }, { account }) => {
  const limit = isTruthy(payload['limit']) ? toInt(payload['limit']) : DEFAULT_ROWS;
  const facts = services.market.facts(account);
  return { dtype: 'text', value: accountText(facts, limit), account_key: account.key };
};
