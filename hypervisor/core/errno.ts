/** The errors that driver and hypervisor return (Linux, `asm-generic/errno-base.h` and `errno.h`), with what `perror` says of them. */
export const errors = {
  EPERM: { number: 1, text: "Operation not permitted" },
  ENOENT: { number: 2, text: "No such file or directory" },
  EIO: { number: 5, text: "Input/output error" },
  E2BIG: { number: 7, text: "Argument list too long" },
  EAGAIN: { number: 11, text: "Resource temporarily unavailable" },
  ENOMEM: { number: 12, text: "Cannot allocate memory" },
  EFAULT: { number: 14, text: "Bad address" },
  EBUSY: { number: 16, text: "Device or resource busy" },
  EEXIST: { number: 17, text: "File exists" },
  ENODEV: { number: 19, text: "No such device" },
  ENOTDIR: { number: 20, text: "Not a directory" },
  EISDIR: { number: 21, text: "Is a directory" },
  EINVAL: { number: 22, text: "Invalid argument" },
  ERANGE: { number: 34, text: "Numerical result out of range" },
  ENOSYS: { number: 38, text: "Function not implemented" },
} as const;

export type Errno = keyof typeof errors;

/** What a system call or hypercall returns for it: the negative number. */
export function returnValue(errno: Errno): number {
  return -errors[errno].number;
}

const byNumber: ReadonlyMap<number, Errno> = new Map(
  (Object.keys(errors) as Errno[]).map((errno) => [errors[errno].number, errno]),
);

/** The error of a negative return value. */
export function errnoOf(value: number): Errno {
  const errno = byNumber.get(-value);
  if (errno === undefined) throw new RangeError(`${value} is no negative errno that is known`);
  return errno;
}
