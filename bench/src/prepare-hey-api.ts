import { fileURLToPath } from 'node:url'
import { createClient } from '@hey-api/openapi-ts'
import { build } from 'esbuild'
import { GENERATED } from './contenders/hey-api.ts'

/** Generates hey-api's client from our WAHA document, as its users do, and bundles it: what it imports has no file extensions. */
export async function prepareHeyApi(): Promise<void> {
  const folder = fileURLToPath(new URL('.', GENERATED))
  await createClient({
    input: fileURLToPath(new URL('../../packages/waha/openapi/waha.openapi.yaml', import.meta.url)),
    output: `${folder}hey-api`,
    plugins: ['@hey-api/typescript', '@hey-api/sdk', '@hey-api/client-fetch'],
    logs: { level: 'silent' },
  })
  const contents = `export { client } from './hey-api/client.gen'\nexport { messagesSendText } from './hey-api/sdk.gen'`
  await build({
    stdin: { contents, resolveDir: folder, loader: 'ts' },
    outfile: fileURLToPath(GENERATED),
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    logLevel: 'silent',
  })
}
