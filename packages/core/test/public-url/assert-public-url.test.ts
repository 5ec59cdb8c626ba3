import { describe, expect, it } from 'vitest'
import { assertPublicUrl, type PublicLookup, type PublicUrlOptions } from '../../src/public-url/index.ts'

const lookupOf = (...addresses: string[]): PublicLookup & { readonly asked: string[] } => {
  const asked: string[] = []
  const lookup: PublicLookup = async (hostname) => {
    asked.push(hostname)
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))
  }
  return Object.assign(lookup, { asked })
}

const refusal = { kind: 'invalid_request', field: 'url', reached: 'no' }
const refused = (url: string, options: PublicUrlOptions = {}) =>
  expect(assertPublicUrl(url, { lookup: lookupOf('1.1.1.1'), allowHttp: true, ...options })).rejects.toMatchObject(refusal)

describe('assertPublicUrl', () => {
  it('gives the link and all addresses that it looked at', async () => {
    const lookup = lookupOf('1.1.1.1', '2606:4700:4700::1111')
    const { url, addresses } = await assertPublicUrl('https://Media.Example:8443/a?b#c', { lookup })
    expect(url.href).toBe('https://media.example:8443/a?b#c')
    expect(addresses.map(({ address }) => address)).toEqual(['1.1.1.1', '2606:4700:4700::1111'])
    expect(lookup.asked).toEqual(['media.example'])
  })

  it('asks no name server for an address', async () => {
    const lookup = lookupOf()
    expect((await assertPublicUrl('https://1.1.1.1/a', { lookup })).addresses).toEqual([{ address: '1.1.1.1', family: 4 }])
    expect((await assertPublicUrl('https://[2606:4700:4700::1111]/', { lookup })).addresses).toEqual([
      { address: '2606:4700:4700::1111', family: 6 },
    ])
    expect(lookup.asked).toEqual([])
  })

  it('takes http only where told to', async () => {
    const lookup = lookupOf('1.1.1.1')
    await refused('http://media.example/', { allowHttp: false })
    await expect(assertPublicUrl('http://media.example/', { lookup, allowHttp: true })).resolves.toBeDefined()
  })

  it.each([
    ...['', 'media.example', '//media.example/a', '/a', 'https://', 'https:// a/', 'file:///etc/passwd', 'ftp://media.example/a'],
    ...['data:text/plain,a', 'blob:https://media.example/a', 'javascript:alert(1)', 'gopher://media.example', 'unix:/run/docker.sock'],
    ...['https://user@media.example/', 'https://:secret@media.example/', 'https://media.example@127.0.0.1/'],
  ])('refuses what is no plain link: %s', (url) => refused(url))

  it.each([
    ...['http://127.0.0.1/', 'http://2130706433/', 'http://0x7f000001/', 'http://0x7f.1/', 'http://017700000001/', 'http://0177.0.0.1/'],
    ...[
      'http://127.1/',
      'http://127.0.1/',
      'http://0/',
      'http://0.0.0.0/',
      'http://１２７.０.０.１/',
      'http://127。0。0。1/',
      'http://127.0.0.1./',
    ],
    ...['http://%31%32%37.0.0.1/', 'http://169.254.169.254/latest/meta-data', 'http://0xa9fea9fe/', 'http://2852039166/'],
    ...[
      'http://10.1.2.3:8080/',
      'http://0xc0a80001/',
      'http://[::1]/',
      'http://[::]/',
      'http://[::ffff:127.0.0.1]/',
      'http://[::ffff:7f00:1]/',
    ],
    ...['http://[::127.0.0.1]/', 'http://[64:ff9b::169.254.169.254]/', 'http://[2002:a9fe:a9fe::]/', 'http://[fd00:ec2::254]/'],
    ...['http://[fe80::1]/', 'http://[fc00::1]/', 'http://[ff02::1]/', 'http://[2001:db8::1]/'],
  ])('refuses the address %s however it is written', (url) => refused(url))

  it.each([
    ...['http://localhost/', 'http://LOCALHOST:3000/', 'http://a.localhost/', 'http://localhost./', 'http://media.example./'],
    ...['http://media.example../', 'http://ⓛocalhost/', 'http://localhost%2e/'],
  ])('refuses the name %s before it is resolved', async (url) => {
    const lookup = lookupOf('1.1.1.1')
    await refused(url, { lookup })
    expect(lookup.asked).toEqual([])
  })

  it('refuses a name as soon as one of its addresses is not public, wherever it stands', async () => {
    for (const addresses of [
      ['10.0.0.1'],
      ['1.1.1.1', '127.0.0.1'],
      ['::1', '1.1.1.1'],
      ['1.1.1.1', '8.8.8.8', '::ffff:10.0.0.1'],
      ['nonsense'],
    ]) {
      await refused('https://media.example/', { lookup: lookupOf(...addresses) })
    }
  })

  it('tells a name without an address apart', async () => {
    const unresolved = { kind: 'network', field: 'url', retryable: true }
    await expect(assertPublicUrl('https://media.example/', { lookup: lookupOf() })).rejects.toMatchObject(unresolved)
    const lookup: PublicLookup = () => {
      throw Object.assign(new Error('no'), { code: 'ENOTFOUND' })
    }
    await expect(assertPublicUrl('https://media.example/', { lookup })).rejects.toMatchObject({ ...unresolved, code: 'ENOTFOUND' })
  })

  it('shows neither the path nor the address in what it throws', async () => {
    const error = await assertPublicUrl('https://media.example/secret-path?token=secret-token', { lookup: lookupOf('10.9.8.7') }).catch(
      String,
    )
    expect(error).toBe('GatewayError: url: media.example has a private address, which is not fetched from')
  })

  it('lets a checker of the caller replace the rules', async () => {
    const only = (address: string) => (address === '10.0.0.1' ? undefined : 'another address')
    await expect(assertPublicUrl('https://media.example/', { lookup: lookupOf('10.0.0.1'), checkAddress: only })).resolves.toBeDefined()
    await refused('https://media.example/', { lookup: lookupOf('1.1.1.1'), checkAddress: only })
  })
})
