import optimizeLocales from '@react-aria/optimize-locales-plugin';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const api = process.env['MEILENSTEIN_API'] ?? 'http://localhost:8787';

/** Every path that is not the page's own goes to the API, as CloudFront and the local cloud do it. */
export default defineConfig({
  base: '/app/',
  plugins: [react(), { ...optimizeLocales.vite({ locales: ['de-DE', 'en-GB', 'en-US'] }), enforce: 'pre' }],
  build: {
    target: 'es2024',
    sourcemap: false,
    manifest: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // Where it signs in is known to the deployment only, so that one file comes from there too.
  server: { proxy: { '^/app/config\\.json$': api, '^/(?!app(/|$)|@|node_modules)': { target: api, changeOrigin: false } } },
});
