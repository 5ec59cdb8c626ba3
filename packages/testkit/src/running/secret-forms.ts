/**
 * The parts of a base64 text that tell that a secret is inside, whatever stands before and behind it: base64 writes three bytes as four
 * characters, so a text has three forms.
 */
export function base64Forms(secret: string): readonly string[] {
  return [0, 1, 2].map((before) => {
    const whole = btoa(' '.repeat(before) + secret).replace(/={1,2}$/, '')
    const bits = (before + secret.length) * 8
    // the first and the last characters hold bits of the neighbours, too
    return whole.slice(Math.ceil((before * 8) / 6), Math.floor(bits / 6))
  })
}

/** Whether a text holds a secret, as it is or in base64, as HTTP Basic sends it. */
export function holdsSecret(text: string, secret: string): boolean {
  return text.includes(secret) || base64Forms(secret).some((form) => text.includes(form))
}
