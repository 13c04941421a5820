// The type check and the lint of the softphone and its tests, and the size of the bundle. Any of them failing fails the suite `softphone` of ./test.
import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const root = join(here, '../..');
const bin = join(here, '../node_modules/.bin');
const run = (name, ...args) => spawnSync(join(bin, name), args, { cwd: root, stdio: 'inherit', shell: process.platform === 'win32' }).status ?? 1;

const types = run('tsc', '-p', join(here, 'tsconfig.json'));
const lint = run('eslint', '--max-warnings=0', '--config', join(here, 'eslint.config.mjs'), 'CallCenter.Web/Features/Softphone', 'CallCenter.Tests/Softphone');

const client = join(root, 'CallCenter.Web/Client');
const { buildSync } = createRequire(join(client, 'package.json'))('esbuild');
const { outputFiles } = buildSync({
  entryPoints: [join(root, 'CallCenter.Web/Features/Softphone/softphone.ts')],
  bundle: true, minify: true, format: 'esm', target: 'es2022', nodePaths: [join(client, 'node_modules')], write: false,
});
const bytes = gzipSync(outputFiles[0].contents, { level: 9 }).length;
const tooLarge = bytes >= 80_000;
console.log(`softphone.js: ${bytes} bytes gzip${tooLarge ? ', over the 80 kB it may have' : ''}`);

process.exit(types || lint || (tooLarge ? 1 : 0));
