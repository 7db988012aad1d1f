import { Console } from 'node:console';
import { Writable } from 'node:stream';

type WriteLine = (level: 'info' | 'warning', text: string) => void;

/** A console that writes whole lines to the strategy's log: what goes to standard output as info, to standard error as warning. */
export function consoleTo(write: WriteLine): Console {
  return new Console({ stdout: lineStream('info', write), stderr: lineStream('warning', write), colorMode: false });
}

/** Each write of a console is one whole message, so nothing has to be kept back. */
function lineStream(level: 'info' | 'warning', write: WriteLine): Writable {
  return new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      write(level, String(chunk).replace(/\n$/u, ''));
      done();
    },
  });
}
