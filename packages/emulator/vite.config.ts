import { defineConfig } from 'vite'

/** Builds the web page into the package. Its files are few and small, so that all of it is there with the first screen. */
export default defineConfig({
  root: 'page',
  base: '/_emulator/page/',
  publicDir: false,
  logLevel: 'warn',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: {
    outDir: '../dist/page',
    emptyOutDir: true,
    assetsDir: '',
    // no data: URLs, which the page's policy does not allow
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    license: { fileName: 'third-party.txt' },
  },
})
