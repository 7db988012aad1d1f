import type { InstanceStatus } from '../../../status/types.ts';
import type { Done, PageCommand, Welcome } from '../../wire.ts';
import { currentSettings } from '../settings.ts';

/** A request that was answered with a failure, or not at all (`status` 0). */
export class RequestFailed extends Error {
  readonly status: number;

  constructor(status: number, detail: string) {
    super(detail);
    this.status = status;
  }
}

export function logIn(token: string): Promise<unknown> {
  return ask('/api/login', { token });
}

export function logOut(): Promise<unknown> {
  return ask('/api/logout', {});
}

export function welcome(): Promise<Welcome> {
  return ask('/api/welcome', null) as Promise<Welcome>;
}

export async function runCommand(command: PageCommand): Promise<string> {
  return ((await ask('/api/command', command)) as Done).text;
}

/** An instance on another day. */
export function statusOfDay(instance: string, day: string): Promise<InstanceStatus> {
  return ask('/api/status', null, { instance, day }) as Promise<InstanceStatus>;
}

/** Throws RequestFailed. */
async function ask(path: string, body: unknown, asked: Record<string, string> = {}): Promise<unknown> {
  const query = new URLSearchParams({ ...asked, lang: currentSettings().language });
  const sent =
    body === null
      ? {}
      : { method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body) };
  let answer: Response;
  try {
    answer = await fetch(`${path}?${query.toString()}`, { ...sent, cache: 'no-store', credentials: 'same-origin' });
  } catch {
    throw new RequestFailed(0, '');
  }
  const read: unknown = await answer.json().catch(() => null);
  if (answer.ok) return read;
  const detail = typeof read === 'object' && read !== null ? Reflect.get(read, 'detail') : null;
  throw new RequestFailed(answer.status, typeof detail === 'string' ? detail : '');
}
