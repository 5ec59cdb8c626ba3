/** The error of the control API; its message says why a call was refused. */
export class EmulatorError extends Error {
  /** Always `EmulatorError`. */
  override readonly name: string = 'EmulatorError'
  /** `invalid`: malformed input. `not_found`: no such phone, session or message. `conflict`: not possible in the present state. */
  readonly code: 'invalid' | 'not_found' | 'conflict'

  constructor(code: 'invalid' | 'not_found' | 'conflict', message: string) {
    super(message)
    this.code = code
  }
}

/** A webhook may not go to its address. It is not tried again. */
export class DeliveryRefused extends Error {
  override readonly name: string = 'DeliveryRefused'
}

/** WhatsApp refuses something; each face answers it in its gateway's form. */
export class NetworkError extends Error {
  override readonly name: string = 'NetworkError'
  /** `forbidden`: not an admin, not the author, or the message is too old. */
  readonly code: 'invalid' | 'not_found' | 'forbidden' | 'conflict'

  constructor(code: 'invalid' | 'not_found' | 'forbidden' | 'conflict', message: string) {
    super(message)
    this.code = code
  }
}

/** WhatsApp lets an account begin no chat with somebody new. */
export class AccountLimited extends NetworkError {
  override readonly name: string = 'AccountLimited'
  /** 463: a timelock. 475: the quota of new chats is used up. */
  readonly error: 463 | 475

  constructor(error: 463 | 475) {
    super('forbidden', `server returned error ${error}`)
    this.error = error
  }
}
