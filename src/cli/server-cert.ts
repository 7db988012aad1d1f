import type { Command } from 'commander';
import { newCommand } from './program.ts';

/** `bt server cert`. */
export function serverCertCommand(): Command {
  return newCommand('cert', 'bt server cert')
    .summary('make a certificate for the server, signed by itself')
    .description(
      'Makes a key and a certificate that it has signed itself, and prints what server and clients must set. A client that is given ' +
        'the certificate talks to this server and to nobody else. A running server takes a new pair into use by itself.',
    )
    .option('--host <list>', 'names and addresses by which clients reach the server (localhost,127.0.0.1)')
    .option('--out <folder>', 'where to write bt-cert.pem and bt-key.pem (.)')
    .option('--days <number>', 'how long it is good for (1095)')
    .option('--force', 'replace files that are there')
    .addHelpText('after', EXAMPLES)
    .action(async (flags: Record<string, unknown>) => {
      const { runServerCert } = await import('./server-cert-run.ts');
      runServerCert(flags);
    });
}

const EXAMPLES = `
Example:
  bt server cert --host 192.168.1.20,gateway.lan --out certs`;
