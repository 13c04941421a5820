// node bundle.mjs DIRECTORY: what the benchmark's two pages load.
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const client = join(here, '../../CallCenter.Web/Client');
const { build } = createRequire(join(client, 'package.json'))('esbuild');
await build({
  entryPoints: { ours: join(here, 'ours.js'), plain: join(here, 'plain.js') },
  outdir: process.argv[2],
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  nodePaths: [join(client, 'node_modules')],
  logLevel: 'warning',
});
