import { createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished, describe, expect, test } from 'vitest';
import type { Page } from '../../../../src/notify/channels/channel.ts';
import { isLoopback, smtpChannel } from '../../../../src/notify/channels/smtp.ts';

const PAGE: Page = {
  id: 'm1',
  kind: 'digest',
  level: 'critical',
  time: 0,
  title: 'bt demo: 日报',
  text: 'total 1,000\n平安银行',
  count: 1,
  picture: Buffer.from('png-bytes'),
};

interface MailServer {
  readonly port: number;
  readonly commands: string[];
  readonly mails: string[];
}

/** A mail server of RFC 5321 as far as it goes; `answers`: what it says to a command instead of its own. */
async function mailServer(answers: Readonly<Record<string, string>> = {}): Promise<MailServer> {
  const commands: string[] = [];
  const mails: string[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    let data: string[] | null = null;
    let rest = '';
    const say = (line: string): void => void socket.write(`${line}\r\n`);
    say('220 local ESMTP');
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const lines = (rest + chunk.toString('utf8')).split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (data !== null) {
          if (line !== '.') data.push(line);
          else {
            mails.push(data.join('\n'));
            data = null;
            say('250 2.0.0 queued as 7');
          }
          continue;
        }
        commands.push(line);
        const verb = line.split(' ')[0] ?? '';
        const own = answers[verb];
        if (own !== undefined) say(own);
        else if (verb === 'EHLO') say('250-local\r\n250 AUTH PLAIN');
        else if (verb === 'AUTH') say('235 ok');
        else if (verb === 'DATA') {
          data = [];
          say('354 go on');
        } else if (verb === 'QUIT') socket.end('221 bye\r\n');
        else say('250 ok');
      }
    });
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as AddressInfo).port, commands, mails };
}

function channel(port: number): ReturnType<typeof smtpChannel> {
  const login = { user: 'me@qq.com', password: 'authorisation' };
  const to = ['me@qq.com', 'you@163.com'];
  return smtpChannel({ name: 'smtp', level: 'info', host: '127.0.0.1', port, from: 'me@qq.com', to, ...login });
}

describe('mail', () => {
  test('goes to each receiver, logged in, with its subject in any script and the picture along', async () => {
    const server = await mailServer();
    const { verdict, answer } = await channel(server.port).send(PAGE);
    expect(verdict.kind).toBe('sent');
    expect(answer).toBe('250 2.0.0 queued as 7');
    const plain = Buffer.from('\0me@qq.com\0authorisation').toString('base64');
    expect(server.commands).toContain(`AUTH PLAIN ${plain}`);
    expect(server.commands.filter((line) => line.startsWith('RCPT TO'))).toEqual([
      'RCPT TO:<me@qq.com>',
      'RCPT TO:<you@163.com>',
    ]);
    const [mail = ''] = server.mails;
    const subject = /^Subject: =\?UTF-8\?(B|Q)\?(.*)\?=$/mu.exec(mail);
    const decoded =
      subject?.[1] === 'B'
        ? Buffer.from(subject[2] ?? '', 'base64').toString('utf8')
        : decodeURIComponent((subject?.[2] ?? '').replaceAll('_', ' ').replaceAll('=', '%'));
    expect(decoded).toBe(PAGE.title);
    expect(mail).toMatch(/^Message-ID: <m1@bt-live>$/mu);
    expect(mail).toContain(Buffer.from('png-bytes').toString('base64'));
  });

  test.each([
    ['AUTH', '535 5.7.8 login failed', 'pause'],
    ['RCPT', '550 no such user', 'pause'],
    ['MAIL', '421 too many', 'retry'],
    ['DATA', '451 try later', 'retry'],
    ['DATA', '554 spam', 'pause'],
  ])('%s answered by "%s" is %s', async (verb, reply, verdict) => {
    const server = await mailServer({ [verb]: reply });
    const outcome = await channel(server.port).send(PAGE);
    expect(outcome.verdict.kind).toBe(verdict);
    expect(outcome.answer).toContain(reply.slice(0, 3));
  });

  test('a server that is not there is tried again', async () => {
    expect((await channel(1).send(PAGE)).verdict.kind).toBe('retry');
  });

  test('only this very machine is reached without TLS', () => {
    expect(['localhost', '127.0.0.1', '127.1.2.3', '::1'].map(isLoopback)).toEqual([true, true, true, true]);
    expect(['127.0.0.1.example.com', 'smtp.qq.com', '10.0.0.1'].map(isLoopback)).toEqual([false, false, false]);
  });
});
