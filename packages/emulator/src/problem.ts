/** What the control API refuses, and why. */
export class EmulatorError extends Error {
  override readonly name: string = 'EmulatorError'
  readonly code: 'invalid' | 'not_found' | 'conflict'

  constructor(code: 'invalid' | 'not_found' | 'conflict', message: string) {
    super(message)
    this.code = code
  }
}
