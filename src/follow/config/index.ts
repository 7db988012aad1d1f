export type { FollowConfig, FollowedStrategy, HttpWay, RedisWay, SenderKey } from './config.ts';
export { parseFollowConfig, readFollowConfig } from './read-config.ts';
export type { Variables } from './read-config.ts';
