import { request } from 'node:http';
import { TOKEN } from './page-instance.ts';

/** A program with so many open pages: it reads what they are told, in a process of its own. Says `reading` when all have begun. */
const [, , url = '', count = '0'] = process.argv;
const { hostname, port, origin } = new URL(url);

async function logIn(): Promise<string> {
  const headers = { 'Content-Type': 'application/json', Origin: origin };
  const answer = await fetch(`${url}api/login`, { method: 'POST', headers, body: JSON.stringify({ token: TOKEN }) });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}

async function instance(cookie: string): Promise<string> {
  const answer = await fetch(`${url}api/welcome`, { headers: { Cookie: cookie } });
  const { instances } = (await answer.json()) as { instances: { instance: string }[] };
  return instances[0]?.instance ?? '';
}

function read(path: string, cookie: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const sent = request({ hostname, port, path, headers: { Cookie: cookie }, agent: false });
    sent.on('error', reject);
    sent.on('response', (response) => {
      response.on('data', (bytes: Buffer) => {
        if (bytes.includes('event: beat')) resolve();
      });
    });
    sent.end();
  });
}

const cookie = await logIn();
const path = `/api/stream?instance=${await instance(cookie)}`;
await Promise.all(Array.from({ length: Number(count) }, () => read(path, cookie)));
console.log('reading');
