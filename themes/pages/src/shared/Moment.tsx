import { now } from "./http";
import { absolute, relative } from "./time";

/** An instant: the date, and how far away it is. */
export function Moment({ at, plain = false }: { at: string; plain?: boolean }) {
  return (
    <time dateTime={at} title={absolute(at)}>
      {plain ? (
        absolute(at)
      ) : (
        <>
          {absolute(at)} <span className="access-keys-relative">({relative(at, now())})</span>
        </>
      )}
    </time>
  );
}

/** The same for a narrow cell: how far away it is, and the date below. */
export function MomentInCell({ at }: { at: string }) {
  return (
    <time dateTime={at}>
      {relative(at, now())}
      <span className="access-keys-second">{absolute(at)}</span>
    </time>
  );
}
