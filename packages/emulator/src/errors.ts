/** What the control API refuses, and why. */
export class EmulatorError extends Error {
  override readonly name: string = 'EmulatorError'
  readonly code: 'invalid' | 'not_found' | 'conflict'

  constructor(code: 'invalid' | 'not_found' | 'conflict', message: string) {
    super(message)
    this.code = code
  }
}

/** What WhatsApp itself refuses; each face says it in its gateway's words. */
export class NetworkError extends Error {
  override readonly name: string = 'NetworkError'
  /** `forbidden`: no admin, not the author, too old. */
  readonly code: 'invalid' | 'not_found' | 'forbidden' | 'conflict'

  constructor(code: 'invalid' | 'not_found' | 'forbidden' | 'conflict', message: string) {
    super(message)
    this.code = code
  }
}
