import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net'

/** What the templates reach besides the gateway, on loopback: a sheet, a model with OpenAI's API, and a mail server. */
export interface StandIns {
  /** Address of the sheet. */
  readonly sheet: string
  /** Base URL of the model. */
  readonly model: string
  readonly smtpPort: number
  /** Rows that came to the sheet. */
  readonly rows: readonly Record<string, unknown>[]
  /** Requests to the model. */
  readonly prompts: readonly ModelRequest[]
  /** Mails as they were sent. */
  readonly mails: readonly string[]
  close(): void
}

interface ModelRequest {
  readonly messages: readonly { readonly role: string; readonly content?: unknown }[]
  readonly tools?: readonly { readonly function: { readonly name: string; readonly description?: string } }[]
  readonly stream?: boolean
}

/** What the model says after it has used its tool. */
export const MODEL_ANSWER = 'Your cake is ordered. The owner knows.'
/** What the model tells the owner. */
export const MODEL_ORDER = 'A customer orders an apple cake.'

export async function openStandIns(): Promise<StandIns> {
  const rows: Record<string, unknown>[] = []
  const prompts: ModelRequest[] = []
  const mails: string[] = []
  const web = createServer(async (request, response) => {
    const body = JSON.parse((await textOf(request)) || '{}') as Record<string, unknown>
    if (request.url?.startsWith('/rows')) {
      rows.push(body)
      json(response, { added: rows.length })
    } else if (request.url?.endsWith('/chat/completions')) {
      prompts.push(body as unknown as ModelRequest)
      answerAsModel(response, body as unknown as ModelRequest)
    } else json(response, { data: [{ id: 'gpt-4.1-mini', object: 'model' }] })
  })
  const mail = createTcpServer((socket) => takeMail(socket, mails))
  await Promise.all([listen(web), listen(mail)])
  const base = `http://127.0.0.1:${(web.address() as AddressInfo).port}`
  return {
    sheet: `${base}/rows`,
    model: `${base}/v1`,
    smtpPort: (mail.address() as AddressInfo).port,
    rows,
    prompts,
    mails,
    close() {
      web.close()
      mail.close()
    },
  }
}

function listen(server: { listen(port: number, host: string, done: () => void): unknown }): Promise<void> {
  return new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = ''
  for await (const part of request) text += part
  return text
}

function json(response: ServerResponse, body: unknown): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

// first it uses its tool, then it answers
function answerAsModel(response: ServerResponse, { messages, tools = [], stream }: ModelRequest): void {
  const done = messages.some(({ role }) => role === 'tool')
  const call = {
    id: 'call_1',
    type: 'function',
    function: { name: tools[0]?.function.name, arguments: JSON.stringify({ text: MODEL_ORDER }) },
  }
  const message = done ? { role: 'assistant', content: MODEL_ANSWER } : { role: 'assistant', content: null, tool_calls: [call] }
  const finish = done ? 'stop' : 'tool_calls'
  const head = { id: 'chatcmpl-1', created: 1_700_000_000, model: 'gpt-4.1-mini' }
  const usage = { prompt_tokens: 1, completion_tokens: 1, total_tokens: 2 }
  if (!stream) {
    json(response, { ...head, object: 'chat.completion', choices: [{ index: 0, message, finish_reason: finish }], usage })
    return
  }
  const delta = done ? message : { ...message, tool_calls: [{ index: 0, ...call }] }
  const chunk = { ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta, finish_reason: null }] }
  const last = { ...head, object: 'chat.completion.chunk', choices: [{ index: 0, delta: {}, finish_reason: finish }], usage }
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end(`data: ${JSON.stringify(chunk)}\n\ndata: ${JSON.stringify(last)}\n\ndata: [DONE]\n\n`)
}

// as much of SMTP as one mail needs
function takeMail(socket: Socket, mails: string[]): void {
  let data: string | undefined
  let rest = ''
  socket.on('error', () => undefined)
  socket.write('220 loopback ESMTP\r\n')
  socket.on('data', (bytes) => {
    rest += bytes
    for (let end = rest.indexOf('\r\n'); end >= 0; end = rest.indexOf('\r\n')) {
      const line = rest.slice(0, end)
      rest = rest.slice(end + 2)
      if (data !== undefined && line !== '.') data += `${line}\n`
      else if (data !== undefined) {
        mails.push(data)
        data = undefined
        socket.write('250 taken\r\n')
      } else if (/^DATA/i.test(line)) {
        data = ''
        socket.write('354 go on\r\n')
      } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n')
      else socket.write('250 ok\r\n')
    }
  })
}
