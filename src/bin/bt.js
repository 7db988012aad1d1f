#!/usr/bin/env node
// This file must parse on any Node: no import statement, no new syntax. Everything else starts in entry.js.
var major = Number(process.versions.node.split('.')[0]);
if (major >= 24) {
  import('./entry.js');
} else {
  process.stderr.write(
    'bt: needs Node.js 24 or newer, this is ' +
      process.versions.node +
      ': install it from https://nodejs.org (or `nvm install 24`), then run the command again.\n',
  );
  process.exitCode = 1;
}
