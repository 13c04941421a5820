// Bundles what the browser gets: scripts, styles with their fonts, one sprite of icons. Output is git-ignored.
import { readFile, writeFile, mkdir } from 'node:fs/promises';
import { build } from 'esbuild';
import { icons } from './icons.mjs';

const outdir = '../wwwroot/dist';

await build({
  entryPoints: { app: 'src/app.js', styles: 'src/styles.css', print: 'src/print.css' },
  outdir,
  bundle: true,
  minify: true,
  format: 'iife',
  target: 'es2022',
  loader: { '.woff2': 'file', '.woff': 'empty' },
  assetNames: 'fonts/[name]-[hash]',
  logLevel: 'warning',
});

// The softphone and the portal's side of it: modules of their own, imported only on pages of users who have a phone.
await build({
  entryPoints: { softphone: '../Features/Softphone/softphone.ts', phone: '../Features/Softphone/phone.ts' },
  outdir,
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  nodePaths: ['node_modules'],
  logLevel: 'warning',
});

const symbols = await Promise.all(
  icons.map(async (name) => {
    const svg = await readFile(`node_modules/lucide-static/icons/${name}.svg`, 'utf8');
    const body = svg.slice(svg.indexOf('>', svg.indexOf('<svg')) + 1, svg.lastIndexOf('</svg>')).replace(/\s*\n\s*/g, '');
    return `<symbol id="${name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${body}</symbol>`;
  }),
);
await mkdir(outdir, { recursive: true });
await writeFile(`${outdir}/icons.svg`, `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join('')}</svg>\n`);
