// The type check and the lint of the softphone and its tests. Either failing fails the suite `softphone` of ./test.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const bin = join(here, '../node_modules/.bin');
const run = (name, ...args) => spawnSync(join(bin, name), args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1;

const types = run('tsc', '-p', join(here, 'tsconfig.json'));
const lint = run('eslint', '--max-warnings=0', '--config', join(here, 'eslint.config.mjs'), 'CallCenter.Web/Features/Softphone', 'CallCenter.Tests/Softphone');
process.exit(types || lint);
