import type { FaultKind, GatewayAnswer, WireFault } from '../kinds.ts'

/** The same answer on every gateway: a network or proxy causes it. */
function onEveryGateway(answers: string): FaultKind['gateways'] {
  const answer: GatewayAnswer = {
    answers,
    evidence: 'verified',
    source: 'HTTP: a network, proxy or load balancer causes it, not the gateway',
  }
  return { waha: answer, wawp: answer, warest: answer, sparkbot: answer }
}

/** What goes wrong between a program and a gateway. */
export const WIRE_FAULTS: Readonly<Record<WireFault, Omit<FaultKind, 'name'>>> = {
  lost: {
    area: 'wire',
    title: 'Connection breaks before the call',
    about: 'The connection breaks before the gateway has done anything.',
    also: ['reset', 'lose'],
    lasts: false,
    values: [],
    fixed: { lose: true },
    gateways: onEveryGateway('No answer: the socket is reset. Nothing was done.'),
  },
  'lost-answer': {
    area: 'wire',
    title: 'Answer lost',
    about: 'The gateway does what it was asked, and the connection breaks before its answer arrives.',
    also: ['answer-lost', 'lost-response'],
    lasts: false,
    values: [],
    fixed: { lose: true, effect: true },
    gateways: onEveryGateway('No answer: the socket is reset. It was done all the same.'),
  },
  cut: {
    area: 'wire',
    title: 'Answer cut off',
    about: 'The connection breaks in the middle of the answer; the gateway has done what it was asked.',
    also: ['truncated', 'cut-off'],
    lasts: false,
    values: [],
    fixed: { cut: true },
    gateways: onEveryGateway('The first half of the answer, then the socket is reset.'),
  },
  slow: {
    area: 'wire',
    title: 'Slow answer',
    about: 'The gateway takes long before it does what it was asked.',
    also: ['delay', 'latency', 'late'],
    lasts: false,
    values: [{ field: 'delayMs', about: 'how long it takes, ms', type: 'number', usual: 5_000, least: 1, most: 86_400_000 }],
    gateways: onEveryGateway('The usual answer, later.'),
  },
  drip: {
    area: 'wire',
    title: 'Slow drip',
    about: 'The answer arrives a few bytes at a time; the gateway has done what it was asked.',
    also: ['slow-drip', 'trickle', 'bandwidth'],
    lasts: false,
    values: [{ field: 'bytesPerSecond', about: 'bytes of the body in a second', type: 'number', usual: 20, least: 1, most: 100_000_000 }],
    gateways: onEveryGateway('Status and headers at once, the body a few bytes every tenth of a second.'),
  },
  huge: {
    area: 'wire',
    title: 'Huge answer',
    about: 'The gateway does what it was asked and answers with far more bytes than a program wants to read.',
    also: ['huge-body', 'large', 'flood'],
    lasts: false,
    values: [{ field: 'bytes', about: 'length of the body, bytes', type: 'number', usual: 268_435_456, least: 1, most: 8_589_934_592 }],
    gateways: onEveryGateway('200 with JSON of that length: one text of padding.'),
  },
  redirect: {
    area: 'wire',
    title: 'Redirect',
    about: 'A proxy sends the program to another address; the gateway never receives the call.',
    also: ['moved'],
    lasts: false,
    values: [
      { field: 'location', about: 'the other address', type: 'text', usual: 'http://elsewhere.invalid/' },
      { field: 'status', about: 'status of the answer, 301 to 308', type: 'number', usual: 307, least: 300, most: 308 },
    ],
    gateways: onEveryGateway('307 with a Location header.'),
  },
  error: {
    area: 'wire',
    title: 'Error status',
    about: 'The call is answered with an error status.',
    also: ['status'],
    lasts: false,
    values: [
      { field: 'status', about: 'status of the answer', type: 'number', usual: 503, least: 200, most: 599 },
      { field: 'body', about: 'body of the answer; default none', type: 'text' },
    ],
    gateways: onEveryGateway('The status that was chosen.'),
  },
  'proxy-error': {
    area: 'wire',
    title: 'Error page of a proxy',
    about: 'A proxy in front of the gateway answers with its own HTML page; the gateway never receives the call.',
    also: ['html', 'bad-gateway', 'gateway-timeout'],
    lasts: false,
    values: [{ field: 'status', about: 'status of the answer', type: 'number', usual: 502, least: 400, most: 599 }],
    fixed: {
      headers: { 'content-type': 'text/html', server: 'nginx' },
      body: '<html>\n<head><title>Error</title></head>\n<body>\n<center><h1>Bad Gateway</h1></center>\n</body>\n</html>\n',
    },
    gateways: onEveryGateway('502 with a page of HTML.'),
  },
}
