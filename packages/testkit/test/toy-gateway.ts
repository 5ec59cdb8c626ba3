import type { TestGateway } from '../src/index.ts'

interface ToySession {
  state: 'off' | 'pairing' | 'on'
  paired: boolean
}

export const TOY_KEY = 'toy-key'

/** The smallest gateway that has a life cycle. */
export function openToyGateway(): TestGateway {
  const sessions = new Map<string, ToySession>()

  function begin(session: ToySession): void {
    session.state = session.paired ? 'on' : 'pairing'
  }

  const acts: Readonly<Record<string, (session: ToySession) => void>> = {
    start: begin,
    stop: (session) => {
      session.state = 'off'
    },
    logout: (session) => {
      session.paired = false
      session.state = 'off'
    },
  }

  async function handle(request: Request): Promise<Response> {
    const sent = [request.headers.get('x-key'), request.headers.get('authorization')]
    if (!sent.includes(TOY_KEY) && !sent.includes(`Basic ${btoa(`toy:${TOY_KEY}`)}`)) return problem(401, 'who are you?')
    const { method } = request
    const [, root = '', id = '', act = ''] = new URL(request.url).pathname.split('/').map(decodeURIComponent)
    const body = method === 'POST' ? ((await request.json().catch(() => ({}))) as Record<string, string>) : {}
    if (root === 'messages') return send(body)
    if (id === '') return method === 'POST' ? create(body.name ?? '') : Response.json([...sessions].map(view))
    const session = sessions.get(id)
    if (!session) return problem(404, `no session ${id}`)
    if (method === 'DELETE') sessions.delete(id)
    else if (act === 'qr' || act === 'code') return pairing(id, session, act)
    else if (act !== '') acts[act]?.(session)
    return Response.json(view([id, session]))
  }

  function create(name: string): Response {
    if (sessions.has(name)) return problem(409, `session ${name} exists`)
    const session: ToySession = { state: 'pairing', paired: false }
    sessions.set(name, session)
    return Response.json(view([name, session]))
  }

  function pairing(id: string, { state }: ToySession, act: string): Response {
    if (state !== 'pairing') return problem(409, `session is ${state}`)
    return Response.json(act === 'qr' ? { text: `qr of ${id}` } : { code: `CODE-${id}` })
  }

  function send({ session: id = '', to = '' }: Record<string, string>): Response {
    const session = sessions.get(id)
    if (!session) return problem(404, `no session ${id}`)
    return session.state === 'on' ? Response.json({ id: 'message-1', to }) : problem(409, `session is ${session.state}`)
  }

  function link(id: string, right: boolean): void {
    const session = sessions.get(id)
    if (session?.state !== 'pairing' || !right) throw new Error(`session ${id} cannot be linked`)
    session.paired = true
    begin(session)
  }

  return {
    config: {
      baseUrl: 'http://toy.test',
      apiKey: TOY_KEY,
      fetch: (url: string, init: RequestInit) => handle(new Request(url, init)),
    },
    scan: (session, qr) => link(session, qr === `qr of ${session}`),
    enterCode: (session, code) => link(session, code === `CODE-${session}`),
  }
}

function view([name, { state }]: [string, ToySession]): { name: string; state: string } {
  return { name, state }
}

function problem(status: number, message: string): Response {
  return Response.json({ message }, { status })
}
