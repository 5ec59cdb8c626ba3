import { connectControl, type EmulatorControl } from '../../src/index.ts'
import type { EmulatorServer } from '../../src/server/serve.ts'

/** Phones of the stage. */
export const PEOPLE = {
  shop: '12025550110',
  ada: '12025550121',
  omar: '12025550122',
  noa: '12025550123',
  long: '12025550124',
  off: '12025550125',
} as const

/** A picture that looks like something. */
function photo(): { base64: string; mimetype: string; filename: string } {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="300"><defs><linearGradient id="a" x2="0" y2="1"><stop stop-color="#ffb56b"/><stop offset="1" stop-color="#f2668b"/></linearGradient></defs><rect width="480" height="300" fill="url(#a)"/><circle cx="350" cy="120" r="44" fill="#fff3c4"/><path d="M0 230 110 130l80 70 60-50 110 90 120-60v120H0z" fill="#5a3d6e"/><path d="M0 270q120-50 240-14t240-16v60H0z" fill="#2f2446"/></svg>`
  return { base64: btoa(svg), mimetype: 'image/svg+xml', filename: 'evening.svg' }
}

function sticker(): { base64: string; mimetype: string } {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100"><circle cx="50" cy="52" r="40" fill="#ffd23f"/><circle cx="36" cy="44" r="5"/><circle cx="64" cy="44" r="5"/><path d="M30 58q20 26 40 0" fill="none" stroke="#000" stroke-width="5" stroke-linecap="round"/><path d="M26 30q8-8 18-2M74 30q-8-8-18-2" fill="none" stroke="#000" stroke-width="4" stroke-linecap="round"/><circle cx="26" cy="60" r="6" fill="#ff8a5c"/><circle cx="74" cy="60" r="6" fill="#ff8a5c"/></svg>`
  return { base64: btoa(svg), mimetype: 'image/svg+xml' }
}

export const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** Asks the page's part of the server, as the page does. */
export async function pageCall(url: string, name: string, input: object): Promise<unknown> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${url}/_emulator/page/${name}`, { method: 'POST', headers, body: JSON.stringify(input) })
  if (!response.ok) throw new Error(`${name}: ${await response.text()}`)
  return response.json()
}

/** Makes a session that waits for a phone. @returns its id */
export async function makeSession(server: EmulatorServer, gateway: string, name?: string): Promise<string> {
  const made = (await pageCall(server.url, 'session', { gateway, do: 'create', session: name })) as { session: string }
  return made.session
}

async function scanned(control: EmulatorControl, gateway: 'waha' | 'warest' | 'sparkbot' | 'wawp', session: string, phone: string) {
  for (;;) {
    const { sessions } = await control.state()
    if (sessions[gateway].some((one) => one.session === session && one.state === 'pairing')) break
    await wait(10)
  }
  await control.scan({ gateway, session, phone })
  for (;;) {
    const { sessions } = await control.state()
    if (sessions[gateway].some((one) => one.session === session && one.state === 'connected')) return
    await wait(10)
  }
}

/** Fills an emulator with a shop, its customers and all that people send each other. @returns the id of a group */
export async function setStage(server: EmulatorServer): Promise<string> {
  const control = connectControl(server.url)
  const { shop, ada, omar, noa, long, off } = PEOPLE
  await control.phone({ phone: shop, name: 'Flower shop', about: 'Open till eight' })
  await control.phone({ phone: ada, name: 'Ada Marsh' })
  await control.phone({ phone: omar, name: 'عمر الخطيب' })
  await control.phone({ phone: noa, name: 'נועה לוי' })
  await control.phone({ phone: long, name: 'Wilhelmina Friederike von Hohenlohe-Waldenburg-Schillingsfürst the Younger' })
  await control.phone({ phone: off, name: 'Finn', on: false })

  await scanned(control, 'waha', await makeSession(server, 'waha', 'default'), shop)
  await scanned(control, 'warest', await makeSession(server, 'warest', 'orders'), ada)
  await makeSession(server, 'sparkbot')

  const write = (from: string, to: string, text: string, more: object = {}) => control.message({ from, to, text, ...more })
  await write(omar, shop, 'مرحبا! هل لديكم زهور التوليب اليوم؟')
  await write(noa, shop, 'שלום, מתי אתם סוגרים?')
  await write(long, shop, 'Do you deliver on Sundays, too?')
  await write(shop, off, 'Your order is ready. Come by when you like.')
  const { id: group } = await control.group({ phone: shop, subject: 'Market on Saturday', participants: [ada, omar, noa] })
  await write(ada, group, 'I bring the van at six.')
  await control.message({
    from: ada,
    to: group,
    place: { latitude: 38.88926, longitude: -77.05018, name: 'The old mill', address: 'Mill Lane 4' },
  })
  await write(noa, group, 'אני מביאה קפה')
  await control.message({ from: omar, to: group, file: sticker(), type: 'sticker' })
  await control.message({
    from: shop,
    to: group,
    poll: { question: 'Who has time to set up?', options: ['Friday evening', 'Saturday at six', 'Not me'], multiple: true },
  })
  await wait(600)

  await write(ada, shop, 'Good morning! Have you anything for a wedding in June?')
  const asked = await write(ada, shop, 'About forty tables.')
  await wait(400)
  await pageCall(server.url, 'send', {
    gateway: 'waha',
    session: 'default',
    to: ada,
    text: 'With pleasure. Forty tables: peonies, or something wilder?',
  })
  await wait(250)
  await control.react({ phone: shop, message: asked.id, emoji: '🎉' })
  await control.message({ from: ada, to: shop, text: 'Something like this sky', file: photo() })
  await wait(500)
  await write(shop, ada, 'Beautiful. Would Thursday suit you to look at samples?', { replyTo: asked.id })
  await wait(500)
  await pageCall(server.url, 'send', { gateway: 'warest', session: 'orders', to: shop, text: 'Thursday it is 🌸' })
  await wait(500)
  await write(omar, ada, 'See you at the market!')
  await wait(600)
  return group
}
