import icon from '../icon.svg'

/** The emulator's sign. */
export function Brand({ size }: { readonly size: number }) {
  return <img src={icon} alt="" width={size} height={size} />
}
