// Runs before `npm start`, `npm test` and `npm run bt`, on whatever Node the machine has: old syntax, no packages.
'use strict';
var childProcess = require('child_process');
var crypto = require('crypto');
var fs = require('fs');
var path = require('path');

var STAMP = '.bt-installed';

/** True when `node_modules` holds what `package-lock.json` says. */
function isCurrent(root) {
  var modules = path.join(root, 'node_modules');
  var wanted = readText(path.join(root, 'package-lock.json'));
  if (wanted === null) return true; // Not a checkout: nothing to install from.
  if (!hasNode(modules)) return false;
  if (readText(path.join(modules, STAMP)) === stampOf(wanted)) return true;
  // Installed by hand: npm keeps its own list beside the packages.
  var installed = readText(path.join(modules, '.package-lock.json'));
  if (installed === null || !listsAgree(JSON.parse(wanted), JSON.parse(installed))) return false;
  writeStamp(root);
  return true;
}

/** Same version and content for each package; what is optional may be missing (other platforms). */
function listsAgree(wanted, installed) {
  var want = wanted.packages || {};
  var have = installed.packages || {};
  var same = Object.keys(have).every(function (name) {
    var other = want[name];
    return Boolean(other) && other.version === have[name].version && other.integrity === have[name].integrity;
  });
  return (
    same &&
    Object.keys(want).every(function (name) {
      return name === '' || Boolean(have[name]) || want[name].optional === true;
    })
  );
}

function hasNode(modules) {
  return ['node', 'node.cmd'].some(function (name) {
    return fs.existsSync(path.join(modules, '.bin', name));
  });
}

/** The platform belongs to it: a folder shared with another system holds the wrong binaries. */
function stampOf(lock) {
  var hash = crypto.createHash('sha256').update(lock).digest('hex');
  return [hash, process.platform, process.arch].join(' ');
}

/** Where `node_modules` leads; null = it is a folder of its own, or is not there. What a link leads to is somebody else's. */
function linkOf(root) {
  try {
    return fs.readlinkSync(path.join(root, 'node_modules'));
  } catch (error) {
    return null;
  }
}

function writeStamp(root) {
  if (linkOf(root) !== null) return;
  var lock = readText(path.join(root, 'package-lock.json'));
  try {
    fs.writeFileSync(path.join(root, 'node_modules', STAMP), stampOf(lock));
  } catch (error) {
    // A read-only checkout is checked in full each time.
  }
}

function readText(file) {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    return null;
  }
}

/** Exit status of `npm ci` with its output on the screen; null = it could not be started. */
function install(root) {
  var options = { cwd: root, stdio: 'inherit' };
  var args = ['ci', '--no-audit', '--no-fund', '--loglevel=error'];
  var npm = process.env.npm_execpath || '';
  // Inside an npm script this is npm's own file; it spares us the .cmd wrapper of Windows.
  var result =
    path.basename(npm) === 'npm-cli.js'
      ? childProcess.spawnSync(process.execPath, [npm].concat(args), options)
      : childProcess.spawnSync('npm', args, Object.assign({ shell: process.platform === 'win32' }, options));
  return result.error ? null : result.status;
}

function main(root) {
  if (isCurrent(root)) return 0;
  var link = linkOf(root);
  if (link !== null) {
    // `npm ci` begins with emptying the folder, through the link.
    process.stderr.write(
      'bt: node_modules is a link to ' +
        link +
        ', which has other packages than package-lock.json: run `npm ci` where they belong, or remove the link and run the command again.\n',
    );
    return 1;
  }
  process.stdout.write('bt: installing the packages of package-lock.json (once, about half a minute) …\n');
  var status = install(root);
  if (status === 0) {
    writeStamp(root);
    return 0;
  }
  process.stderr.write(
    'bt: `npm ci` ' +
      (status === null ? 'could not be started' : 'failed') +
      ': see its output above, check the network and `npm config get registry`, then run the command again.\n',
  );
  return 1;
}

module.exports = { isCurrent: isCurrent, listsAgree: listsAgree, main: main };
if (require.main === module) process.exitCode = main(path.resolve(__dirname, '..', '..'));
