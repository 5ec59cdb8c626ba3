import { expectLinear, repeated } from '@wamux/testkit/growth'
import { describe, expect, it } from 'vitest'
import { WamuxSparkbotApi } from '../credentials/WamuxSparkbotApi.credentials.ts'
import { WamuxWahaApi } from '../credentials/WamuxWahaApi.credentials.ts'
import { WamuxWarestApi } from '../credentials/WamuxWarestApi.credentials.ts'
import { WamuxWawpApi } from '../credentials/WamuxWawpApi.credentials.ts'
import { gatewayNodes } from '../src/gateways/gateway-nodes.ts'
import { betterBaseUrl } from '../src/wire/base-url.ts'

const CREDENTIALS = [new WamuxSparkbotApi(), new WamuxWahaApi(), new WamuxWarestApi(), new WamuxWawpApi()]

// n8n's credential test shows what `authenticate` throws
it.each(CREDENTIALS)('the test of $displayName says which base URL is right', async ({ authenticate, test }) => {
  const request = { url: 'http://localhost:3000/x', headers: { accept: 'x' } }
  const wrong = { baseUrl: 'localhost:3000/dashboard', apiKey: 's3cret', accessToken: 's3cret' }
  await expect(authenticate?.(wrong, request)).rejects.toThrow('Put http://localhost:3000 there')
  const sent = await authenticate?.({ ...wrong, baseUrl: 'http://localhost:3000' }, request)
  expect(JSON.stringify(sent)).toContain('s3cret')
  expect(sent).toMatchObject(request)
  expect(test?.request.skipSslCertificateValidation).toBe('={{$credentials.ignoreSslIssues}}')
})

const better = (given: string) => betterBaseUrl(given, gatewayNodes.waha?.pages ?? [])

describe('a base URL that cannot work', () => {
  it.each([
    ['http://localhost:3000/dashboard', 'http://localhost:3000'],
    ['http://localhost:3000/dashboard/', 'http://localhost:3000'],
    ['https://waha.example.com/dashboard/#/sessions', 'https://waha.example.com'],
    ['https://waha.example.com/api', 'https://waha.example.com'],
    ['https://example.com/waha/api/sessions', 'https://example.com/waha'],
    ['localhost:3000', 'http://localhost:3000'],
    ['waha:3000', 'http://waha:3000'],
    ['192.168.1.5:3000/dashboard', 'http://192.168.1.5:3000'],
    ['waha.example.com', 'https://waha.example.com'],
    ['https://waha.example.com?x=1', 'https://waha.example.com'],
  ])('%s: %s is better', (given, wanted) => {
    expect(better(given)).toBe(wanted)
    expect(better(wanted)).toBeUndefined()
  })

  it.each(['http://localhost:3000', 'http://localhost:3000/', 'https://Example.com/waha', 'http://10.0.0.1:3000', ' https://a.test ', ''])(
    '%j may be right',
    (given) => {
      expect(better(given)).toBeUndefined()
    },
  )

  it.each([repeated('/', 'http://a.test/', 'x'), repeated('/api', 'http://a.test/'), repeated('a.')])(
    'takes no longer for a longer text than its length asks for',
    async (textOf) => expectLinear(better, textOf, 200_000),
  )
})
