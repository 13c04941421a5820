// Bundles what the browser gets: scripts as ES modules, styles with their fonts. Output is git-ignored.
import { build } from 'esbuild';

await build({
  entryPoints: { app: 'src/app.js', fonts: 'src/fonts.css' },
  outdir: '../wwwroot/dist',
  bundle: true,
  minify: true,
  format: 'esm',
  target: 'es2022',
  loader: { '.woff2': 'file', '.woff': 'empty' },
  assetNames: 'fonts/[name]-[hash]',
  logLevel: 'warning',
});
