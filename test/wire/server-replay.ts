import { HANDSHAKE_DEADLINE_MS } from '../../src/server/limits.ts';
import type { RunningServer } from '../../src/server/index.ts';
import type { JsonObject } from '../../src/protocol/json.ts';
import { delay } from '../../src/platform/timers.ts';
import type { Play, Received, Sent } from './server-recordings.ts';
import { differences } from './wire-compare.ts';
import { WireClient } from './wire-client.ts';

/** What the recorded client did with its own side of a connection; a recording holds frames only. */
const CLIENT_CLOSES: Readonly<
  Record<string, { readonly conn: number; readonly afterSent: number; readonly how: 'end' | 'destroy' }>
> = {
  'framing/half_header_then_close': { conn: 0, afterSent: 2, how: 'end' },
  'framing/half_frame_then_close': { conn: 0, afterSent: 2, how: 'end' },
  'framing/half_close_after_full_request': { conn: 0, afterSent: 2, how: 'end' },
  'multi/connection_limit_slot_free_after_close': { conn: 0, afterSent: 2, how: 'destroy' },
};

/** Plays what was sent to a running server; resolves with what it answered otherwise than recorded. */
export async function replay(recording: Play, server: RunningServer): Promise<string[]> {
  const last = Math.max(0, ...[...recording.sent, ...recording.received].map(({ conn }) => conn));
  const clients: WireClient[] = [];
  // Also the connections that never said a word: they must not count.
  for (let conn = 0; conn <= last; conn += 1) clients.push(await WireClient.connect(server.port));
  try {
    await play(recording, server, clients);
    return compareAll(recording, clients);
  } catch (error) {
    return [String(error)];
  } finally {
    for (const client of clients) await client.close();
    await idle(server);
  }
}

async function play(recording: Play, server: RunningServer, clients: readonly WireClient[]): Promise<void> {
  const closing = CLIENT_CLOSES[recording.name];
  for (const [index, sent] of recording.sent.entries()) {
    // What had arrived before it was sent must have arrived here too, or the order between connections is lost.
    await arrived(recording, clients, server, (received) => received.atMs < sent.atMs);
    clientOf(clients, sent).write(sent.bytes);
    if (closing?.afterSent !== index + 1) continue;
    await arrived(recording, clients, server, (received) => received.atMs < (recording.sent[index + 1]?.atMs ?? 0));
    await closeSide(clients[closing.conn], closing.how, server);
  }
  await arrived(recording, clients, server, () => true);
}

async function arrived(
  recording: Play,
  clients: readonly WireClient[],
  server: RunningServer,
  due: (received: Received) => boolean,
): Promise<void> {
  const expected = recording.received.filter(due);
  for (const [conn, client] of clients.entries()) {
    const own = expected.filter((received) => received.conn === conn);
    await client.until(
      () => client.messages.length >= own.filter(({ kind }) => kind === 'message').length,
      `${own.length} messages on connection ${conn}: ${JSON.stringify(client.messages)}`,
    );
    if (own.some(({ kind }) => kind === 'closed')) await client.ended();
    const silence = own.find(({ kind }) => kind === 'silence');
    if (silence !== undefined) await quiet(client, server, silence.seconds, own);
  }
}

/** Instead of listening for seconds: whatever the server did with the last bytes is over when a later stranger has been served. */
async function quiet(
  client: WireClient,
  server: RunningServer,
  seconds: number,
  own: readonly Received[],
): Promise<void> {
  const later = await WireClient.open(server.port);
  await later.request('admin.health');
  await later.close();
  const expected = own.filter(({ kind }) => kind === 'message').length;
  if (client.closed || client.messages.length !== expected) throw new Error('The connection was not left in silence');
  if (HANDSHAKE_DEADLINE_MS <= seconds * 1000)
    throw new Error('The handshake deadline is shorter than the recorded silence');
}

async function closeSide(client: WireClient | undefined, how: 'end' | 'destroy', server: RunningServer): Promise<void> {
  if (client === undefined) return;
  if (how === 'end') {
    client.socket.end();
    return;
  }
  const before = server.sessions();
  await client.close();
  while (server.sessions() >= before) await delay(1);
}

function compareAll(recording: Play, clients: readonly WireClient[]): string[] {
  return clients.flatMap((client, conn) => {
    const recorded = recording.received.filter((received) => received.conn === conn);
    const messages = recorded.filter(({ kind }) => kind === 'message').map(({ message }) => message);
    const lines = messages.flatMap((message, index) =>
      differences(message, client.messages[index] ?? {}, actionOf(recording, message)),
    );
    const surplus = client.messages.slice(messages.length).filter((message) => message['type'] !== 'event');
    if (surplus.length > 0) lines.push(`not recorded: ${JSON.stringify(surplus)}`);
    // Whoever closed first was the client: then the recording shows no end.
    if (CLIENT_CLOSES[recording.name]?.conn === conn && CLIENT_CLOSES[recording.name]?.how === 'destroy') return lines;
    const ended = recorded.some(({ kind }) => kind === 'closed');
    if (client.closed !== ended) lines.push(ended ? 'not closed' : 'closed, which was not recorded');
    return lines;
  });
}

/** The action a recorded answer belongs to. An id may be used twice: a response and an error never belong to the same request. */
function actionOf(recording: Play, answer: JsonObject): string | null {
  if (answer['type'] !== 'response') return null;
  const id = JSON.stringify(answer['id']);
  const request = recording.sent.find(({ message }) => message !== null && JSON.stringify(message['id']) === id);
  const action = request?.message?.['action'];
  return typeof action === 'string' ? action : null;
}

function clientOf(clients: readonly WireClient[], { conn }: Sent): WireClient {
  const client = clients[conn];
  if (client === undefined) throw new Error(`The recording has no connection ${conn}`);
  return client;
}

/** The next recording must find the server without sessions, as the recorded one did. */
export async function idle(server: RunningServer): Promise<void> {
  while (server.sessions() > 0) await delay(1);
}
