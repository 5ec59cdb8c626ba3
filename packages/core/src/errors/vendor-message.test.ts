import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseResponse } from '../request/response.ts'
import { findVendorMessage } from './vendor-message.ts'

const json = (value: unknown) => findVendorMessage(value, JSON.stringify(value))
const text = (value: string) => findVendorMessage(value, value)

describe('findVendorMessage', () => {
  it.each([
    [{ message: 'Session not found', error: 'Not Found', statusCode: 404 }, 'Session not found'],
    [{ message: ['name must be a string', 'too long'] }, 'name must be a string; too long'],
    [{ error: 'Session "x" does not exist', session: 'x' }, 'Session "x" does not exist'],
    [{ detail: 'bad presence' }, 'bad presence'],
    [{ error: { code: 404, key: 'FILE_NOT_FOUND', message: 'gone' } }, 'gone'],
    [{ statusCode: 500, exception: { message: 'boom', name: 'TypeError' }, request: { body: 'secret' } }, 'boom'],
    [{ error: 'Recipient cooldown', retryAfter: 3 }, 'Recipient cooldown'],
    [{ success: false, message: 'no' }, 'no'],
    [{ status: 400, errors: [{ code: 'x', reason: 'too short' }] }, 'too short'],
    [{}, undefined],
    [{ message: null, error: '' }, undefined],
  ])('JSON %j', (body, message) => {
    expect(json(body).message).toBe(message)
  })

  it.each([
    [{ code: 1101, message: 'x' }, '1101'],
    [{ error: { code: 'invalid_session', message: 'x' } }, 'invalid_session'],
    [{ errorCode: 'participant:not_found' }, 'participant:not_found'],
    [{ error: 'A whole sentence is no code' }, undefined],
  ])('code in %j', (body, code) => {
    expect(json(body).code).toBe(code)
  })

  it.each([
    ['<?xml version="1.0"?><error><code>404</code><message>No such &lt;session&gt;</message></error>', 'No such <session>', '404'],
    ['<response><error>invalid_instance</error></response>', 'invalid_instance', 'invalid_instance'],
    ['<r><message><![CDATA[a & b]]></message></r>', 'a & b', undefined],
  ])('XML %s', (body, message, code) => {
    expect(text(body)).toEqual(code ? { message, code } : { message })
  })

  it.each([
    ['<!DOCTYPE html><html><head><title>Error</title></head><body><pre>Cannot POST /x</pre></body></html>', 'Cannot POST /x'],
    [
      '<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr>nginx</body></html>',
      '502 Bad Gateway nginx',
    ],
    ['<html><title>Down</title><body><script>var x</script><p>Back soon</p></body></html>', 'Down: Back soon'],
  ])('HTML %s', (body, message) => {
    expect(text(body).message).toBe(message)
  })

  it('takes plain text as it is, and shortens it', () => {
    expect(text('  Bad\n request ').message).toBe('Bad request')
    expect(text('x'.repeat(2_000)).message).toHaveLength(501)
  })

  it('never throws, whatever the body is', () => {
    fc.assert(
      fc.property(fc.anything(), fc.string(), (data, body) => {
        const found = findVendorMessage(data, body)
        return found.message === undefined || typeof found.message === 'string'
      }),
    )
    const types = fc.constantFrom('application/json', 'text/html', 'text/xml', 'application/problem+json', 'text/plain', '', 'image/png')
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), types, (body, type) => {
        const answer = parseResponse({ status: 500, headers: { get: () => type }, body })
        findVendorMessage(answer.data, answer.text)
      }),
    )
  })
})
