/** What a key looks like: its id is public, and all that leaves the browser. */
const KEY = /^(?:secret-token:)?[a-z0-9]+(?:_[a-z0-9]+)*_([0-9A-Za-z]{16})[0-9A-Za-z]{49}$/;
const ID = /^[0-9A-Za-z]{16}$/;

/** The id in a pasted key, or a pasted id; nothing if it is neither. */
export function idIn(pasted: string): string | undefined {
  const text = pasted.trim();
  return ID.test(text) ? text : KEY.exec(text)?.[1];
}
