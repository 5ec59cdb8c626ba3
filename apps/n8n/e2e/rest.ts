/** n8n's own API, as its editor uses it, for the owner. */
export interface Rest {
  /** `n8n-auth`, for a browser. */
  readonly cookie: { readonly name: string; readonly value: string }
  /** Gives `data` of the answer. @throws Error with what n8n says */
  call<Data>(method: string, path: string, body?: object): Promise<Data>
}

/** Makes the owner's account and logs in. */
export async function logIn(url: string): Promise<Rest> {
  const owner = { email: 'owner@example.com', firstName: 'Olga', lastName: 'Owner', password: 'Loopback-0nly' }
  const answer = await fetch(`${url}/rest/owner/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(owner),
  })
  const [name, value] = answer.headers.get('set-cookie')?.split(';', 1)[0]?.split('=') ?? []
  if (!answer.ok || !name || !value) throw new Error(`owner/setup: ${answer.status} ${await answer.text()}`)
  return {
    cookie: { name, value },
    async call<Data>(method: string, path: string, body?: object): Promise<Data> {
      const response = await fetch(`${url}/rest/${path}`, {
        method,
        headers: { cookie: `${name}=${value}`, ...(body ? { 'content-type': 'application/json' } : {}) },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`)
      return (JSON.parse(text) as { data: Data }).data
    },
  }
}
