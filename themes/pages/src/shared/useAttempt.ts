import { useCallback, useState } from "react";
import { FreshLoginNeeded } from "./http";
import { type Unfinished, signInAgain } from "./stepUp";

/**
 * Something that may be refused. Where the server wants a fresh sign-in, the person is sent there
 * and finds what they had in hand when they are back.
 */
export function useAttempt() {
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<unknown>();
  const attempt = useCallback(async (what: () => Promise<void>, unfinished?: Unfinished) => {
    setBusy(true);
    setError(undefined);
    try {
      await what();
    } catch (problem) {
      if (problem instanceof FreshLoginNeeded) {
        await signInAgain(problem.maxAge, unfinished);
      }
      setError(problem);
    }
    setBusy(false);
  }, []);
  return { busy, error, attempt };
}
