import { errorMessage } from '../../domain/errors.ts';
import { inBytes } from '../rules/measure.ts';
import { LATER, PAUSE, SENT, type Channel, type Outcome, type Page, type Verdict } from './channel.ts';
import type { SmtpSettings } from './channel-settings.ts';

/** Wall ms. */
const CONNECT_MS = 10_000;
const SOCKET_MS = 30_000;
/** Ports that begin with TLS; on others it is asked for. */
const TLS_PORTS: ReadonlySet<number> = new Set([465, 994]);

/** A mail to each receiver named. One connection a message: there are few of them. */
export function smtpChannel(settings: SmtpSettings): Channel {
  return {
    name: 'smtp',
    limits: { gapMs: 5_000, perDay: null, longest: 100_000, measure: inBytes },
    picture: 'along',
    send: (page) => sendMail(settings, page),
    sendPicture: () => Promise.resolve({ verdict: LATER, answer: 'a picture goes along with its mail' }),
  };
}

async function sendMail({ host, port, user, password, from, to }: SmtpSettings, page: Page): Promise<Outcome> {
  // Loaded when there is a mail: no run that sends none pays for it.
  const { createTransport } = await import('nodemailer');
  const isLocal = isLoopback(host);
  const transport = createTransport({
    host,
    port,
    secure: TLS_PORTS.has(port),
    // A password never goes over a line that others can read.
    requireTLS: !isLocal && !TLS_PORTS.has(port),
    ignoreTLS: isLocal,
    ...(user === null || password === null ? {} : { auth: { user, pass: password } }),
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    dnsTimeout: CONNECT_MS,
    socketTimeout: SOCKET_MS,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  try {
    const { response } = await transport.sendMail({ from, to: [...to], ...mailOf(page) });
    return { verdict: SENT, answer: response };
  } catch (error) {
    return { verdict: verdictOf(error), answer: errorMessage(error) };
  } finally {
    transport.close();
  }
}

function mailOf({ id, title, text, picture, level }: Page): object {
  const attachments =
    picture === null ? [] : [{ filename: 'digest.png', content: Buffer.from(picture), contentType: 'image/png' }];
  return {
    subject: title,
    text,
    attachments,
    priority: level === 'critical' ? 'high' : 'normal',
    // The same one when it is sent again: mail programs show it once.
    messageId: `<${id}@bt-live>`,
  };
}

/** What the server says decides: 4xx passes, 535 and 550 do not by themselves. Without an answer it is the line. */
function verdictOf(error: unknown): Verdict {
  const code = typeof error === 'object' && error !== null && 'responseCode' in error ? error.responseCode : null;
  if (typeof code === 'number') return code >= 400 && code < 500 ? LATER : PAUSE;
  const name = typeof error === 'object' && error !== null && 'code' in error ? error.code : null;
  return name === 'EAUTH' || name === 'EENVELOPE' ? PAUSE : LATER;
}

/** Whether nobody else is on the way there. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || host === '[::1]' || /^127(?:\.\d{1,3}){3}$/u.test(host);
}
