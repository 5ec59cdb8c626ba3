const PATHS = {
  chats: 'M4 5h16v11H9l-5 4z',
  sessions: 'M4 4h6v6H4zM14 4h6v6h-6zM4 14h6v6H4zM14 14h2v2h-2zM18 14h2v2h-2zM14 18h2v2h-2zM18 18h2v2h-2z',
  requests: 'M4 7h13l-3-3M20 17H7l3 3',
  webhooks: 'M13 3 5 14h6l-1 7 8-11h-6z',
  controls: 'M4 7h9M17 7h3M4 17h3M11 17h9M15 5v4M9 15v4',
  back: 'M15 5l-7 7 7 7',
  plus: 'M12 5v14M5 12h14',
  send: 'M4 12l16-8-6 16-3-6z',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  attach: 'M20 11l-8.5 8.500a5 5 0 0 1-7-7L13 4a3.300 3.300 0 0 1 4.700 4.700L9 17.300a1.600 1.600 0 0 1-2.300-2.300L14 7.700',
  phone: 'M6 3h3l2 5-2.500 1.500a11 11 0 0 0 6 6L16 13l5 2v3a2 2 0 0 1-2 2A15 15 0 0 1 4 5a2 2 0 0 1 2-2z',
  video: 'M3 6h12v12H3zM15 11l6-4v10l-6-4',
  group:
    'M8 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2 20a6 6 0 0 1 12 0M16 4.500a3.500 3.500 0 0 1 0 6.500M17 14.500a6 6 0 0 1 5 5.500',
  status: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 9v6M9 12h6',
  close: 'M6 6l12 12M18 6L6 18',
  copy: 'M9 9h11v11H9zM5 15H4V4h11v1',
  reply: 'M9 7l-5 5 5 5M4 12h10a6 6 0 0 1 6 6',
  place: 'M12 21s7-6.500 7-12a7 7 0 0 0-14 0c0 5.500 7 12 7 12zM12 11.500a2.500 2.500 0 1 0 0-5 2.500 2.500 0 0 0 0 5z',
  person: 'M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM5 21a7 7 0 0 1 14 0',
  poll: 'M5 20V10M12 20V4M19 20v-7',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  picture: 'M4 4h16v16H4zM4 16l5-5 4 4 3-3 4 4M15 9h.01',
  voice: 'M12 3a3 3 0 0 1 3 3v5a3 3 0 0 1-6 0V6a3 3 0 0 1 3-3zM6 11a6 6 0 0 0 12 0M12 17v4',
  pin: 'M9 4h6l-1 6 3 3H7l3-3zM12 13v7',
  off: 'M12 4v7M7 6.500a7.500 7.500 0 1 0 10 0',
  search: 'M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14zM16 16l4.500 4.500',
  clock: 'M12 4a8 8 0 1 1 0 16 8 8 0 0 1 0-16zM12 8v4l3 2',
} as const

export type IconName = keyof typeof PATHS

export function Icon({ name }: { readonly name: IconName }) {
  return (
    <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
      <path d={PATHS[name]} />
    </svg>
  )
}

const ACKS: Readonly<Record<number, string>> = { [-1]: 'not delivered', 0: 'pending', 1: 'sent', 2: 'delivered', 3: 'read', 4: 'played' }

/** How far a message got: a clock, one tick, two ticks, two blue ticks. */
export function Ticks({ ack }: { readonly ack: number }) {
  const name = ACKS[ack] ?? 'unknown'
  return (
    <svg class={`ticks ack${ack}`} viewBox="0 0 20 14" role="img" aria-label={name}>
      <title>{name}</title>
      {ack === -1 && <path d="M10 2v6M10 11v.5" />}
      {ack === 0 && <path d="M10 2a5 5 0 1 1 0 10 5 5 0 0 1 0-10zM10 4.500V7l2 1.200" />}
      {ack === 1 && <path d="M5 7.500l3.500 3.500L15.500 3" />}
      {ack >= 2 && <path d="M1.500 7.500L5 11l7-8M9 10l1 1 7.500-8" />}
    </svg>
  )
}
