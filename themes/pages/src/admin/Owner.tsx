import { useEffect, useState } from "react";
import { host } from "../shared/host";
import type { Key } from "../shared/key";
import type { AdminApi } from "./api";

/** Whose key it is, with the way to them. */
export function Owner({ api, realm, of: key }: { api: AdminApi; realm: string; of: Key }) {
  const user = key.owner?.user;
  const [name, setName] = useState(user);
  useEffect(() => {
    let wanted = true;
    if (user) {
      void api.username(user).then((found) => wanted && setName(found));
    }
    return () => {
      wanted = false;
    };
  }, [api, user]);
  return user ? (
    <a href={host.inAdminConsole(realm, "users", user, "settings")}>{name}</a>
  ) : (
    <>{key.owner?.client}</>
  );
}
