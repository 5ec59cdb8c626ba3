import type { Fault } from './faults.ts'

/** The rules of safety, audience and version, each broken once in the text of the good document. */
export const FACT_FAULTS: readonly Fault[] = [
  {
    rule: 'missing audience',
    from: '      x-wamux-audience: access\n',
    to: '',
    message: 'x-wamux-audience is missing',
    at: 'post:\n      operationId: sessions.create',
  },
  {
    rule: 'unknown audience',
    from: 'x-wamux-audience: access',
    to: 'x-wamux-audience: everybody',
    message: 'x-wamux-audience is nobody, others, access, not everybody',
    at: 'x-wamux-audience: everybody',
  },
  {
    rule: 'unknown audience of a variant',
    from: '      x-wamux-evidence: verified\n          x-wamux-capability: message.sendText',
    to: '      x-wamux-evidence: verified\n          x-wamux-audience: everybody',
    message: 'x-wamux-audience is nobody, others, access, not everybody',
    at: 'x-wamux-audience: everybody',
  },
  {
    rule: 'safety that is not that of the verb',
    from: 'x-wamux-safety: converge\n      x-wamux-evidence: verified\n      x-wamux-cap',
    to: 'x-wamux-safety: danger\n      x-wamux-evidence: verified\n      x-wamux-cap',
    message: 'x-wamux-safety of the verb session.stop is converge, not danger',
    at: 'x-wamux-safety: danger',
  },
  {
    rule: 'audience that is not that of the verb',
    from: 'x-wamux-audience: nobody\n      x-wamux-safety: converge\n      x-wamux-evidence: verified\n      x-wamux-cap',
    to: 'x-wamux-audience: access\n      x-wamux-safety: converge # moved\n      x-wamux-evidence: verified\n      x-wamux-cap',
    message: 'x-wamux-audience of the verb session.stop is nobody, not access',
    at: 'x-wamux-audience: access\n      x-wamux-safety: converge # moved',
  },
  {
    rule: 'audience of a variant that is not that of its verb',
    from: '          x-wamux-capability: message.sendText',
    to: '          x-wamux-capability: message.sendText\n          x-wamux-audience: nobody # wrong',
    message: 'x-wamux-audience of the verb message.sendText is others, not nobody',
    at: 'x-wamux-audience: nobody # wrong',
  },
  {
    rule: 'facts that are not those of operations of this meaning',
    from: 'operationId: sessions.setPicture',
    to: 'operationId: groups.delete',
    message: 'x-wamux-safety of operations of this meaning is danger, not converge',
    at: 'x-wamux-safety: converge\n      x-wamux-evidence: verified\n      parameters',
  },
  {
    rule: 'secret answer that is for anybody',
    from: 'description: The messages.\n',
    to: 'description: The messages.\n          x-wamux-secret: true\n',
    message: 'the whole answer is secret: x-wamux-audience is access',
    at: 'get:\n      operationId: messages.list',
  },
  {
    rule: 'version that is none',
    from: 'x-wamux-since: 1.2.3',
    to: 'x-wamux-since: lately',
    message: 'x-wamux-since is a version such as 2026.8.2, not lately',
    at: 'x-wamux-since: lately',
  },
]
