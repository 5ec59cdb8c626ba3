import { fs } from './node-fs.ts'
import type { Output } from './output.ts'

/** True when a file descriptor leads to a file, a pipe or the null device; a terminal needs the stream that Node makes for it. */
export function isPlain(fd: 1 | 2): boolean {
  if (process.platform === 'win32') return false
  try {
    const target = fs.fstatSync(fd)
    return !target.isCharacterDevice() || target.rdev === fs.statSync('/dev/null').rdev
  } catch {
    return false
  }
}

/**
 * Writes text to a file descriptor at once, without the stream that Node makes for it: loading streams takes longer than the rest of a
 * short command. A pipe whose reader is slow and that must not block is left to the stream.
 *
 * @param stream Node's own stream for this file descriptor; opened when it is needed only
 * @param onError called with the code of a failed write, for example `EPIPE` when nobody reads any more
 */
export function directOutput(fd: 1 | 2, stream: () => Output, onError: (error: NodeJS.ErrnoException) => void): Output {
  let fallen = false
  return {
    write(text) {
      if (fallen) return stream().write(text)
      let rest = typeof text === 'string' ? Buffer.from(text) : text
      try {
        while (rest.length > 0) rest = rest.subarray(fs.writeSync(fd, rest))
      } catch (error) {
        const failure = error as NodeJS.ErrnoException
        if (failure.code !== 'EAGAIN') return onError(failure)
        fallen = true
        stream().write(rest)
      }
    },
    get stream() {
      return stream()
    },
  }
}
