/** Modules made into one script that stands in a page. */
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** The element with the script. */
export async function bundled(contents) {
  const { outputFiles: [{ text }] } = await build({
    stdin: { contents, resolveDir: fileURLToPath(new URL('.', import.meta.url)) },
    bundle: true, format: 'iife', platform: 'browser', minify: true, write: false, logLevel: 'error',
  });
  return `<script>${text.replaceAll('</script', '<\\/script')}</script>`;
}
