/** Looks again until there is something. @throws Error with the text after the time */
export async function until<Found>(
  look: () => Promise<Found | undefined>,
  otherwise: string | (() => Promise<string>),
  ms = 60_000,
): Promise<Found> {
  const end = Date.now() + ms
  for (;;) {
    const found = await look()
    if (found !== undefined) return found
    if (Date.now() > end) throw new Error(typeof otherwise === 'string' ? otherwise : await otherwise())
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}
