/** How long things take, ms of the emulator's clock. 0 makes them happen at once. */
export interface Timings {
  /** Engine start, until a QR code is there or the connection begins. */
  readonly starting: number
  /** From scan, or start of a paired session, to connected. */
  readonly connecting: number
  /** Life of one QR code; then the next takes its place. */
  readonly qr: number
  /** Life of a pairing code. */
  readonly code: number
  /** From handing a message in to a gateway with a queue, to its sending. */
  readonly queue: number
  /** From sending to the acknowledgement of WhatsApp's server. */
  readonly server: number
  /** From sending to arrival at the other phone. */
  readonly device: number
  /** From sending to being read there. */
  readonly read: number
  /** From sending a voice message to its being played. */
  readonly played: number
  /** How long a request waits for a session that is about to change. */
  readonly wait: number
}

/** The durations of an emulator that is given none, ms. */
export const defaultTimings: Timings = {
  starting: 50,
  connecting: 50,
  qr: 20_000,
  code: 180_000,
  queue: 50,
  server: 50,
  device: 150,
  read: 400,
  played: 800,
  wait: 10_000,
}
