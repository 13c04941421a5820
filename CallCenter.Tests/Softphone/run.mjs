// Bundles the softphone's tests and runs them in Node's own runner: node run.mjs [results.tap]
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const client = join(here, '../../CallCenter.Web/Client');
const outdir = join(here, '../obj/softphone');
const { build } = createRequire(join(client, 'package.json'))('esbuild');

rmSync(outdir, { recursive: true, force: true });
mkdirSync(outdir, { recursive: true });
const tests = readdirSync(here).filter((name) => name.endsWith('.test.ts'));
await build({
  entryPoints: tests.map((name) => join(here, name)),
  outdir,
  outExtension: { '.js': '.cjs' },
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  sourcemap: 'inline',
  nodePaths: [join(client, 'node_modules')],
  logLevel: 'warning',
});

const results = process.argv[2];
const reporters = ['--test-reporter=spec', '--test-reporter-destination=stdout'];
if (results) reporters.push('--test-reporter=tap', `--test-reporter-destination=${results}`);
const { status } = spawnSync(process.execPath, ['--enable-source-maps', '--test', ...reporters, ...tests.map((name) => join(outdir, name.replace(/\.ts$/, '.cjs')))], { stdio: 'inherit' });
process.exit(status ?? 1);
