import { host } from "../shared/host";
import { loadMessages } from "../shared/messages";
import { attach } from "./attach";
import { stand } from "./stand";

/** Called by the loader. */
export default async function main(): Promise<void> {
  await loadMessages();
  await (host.isStandalone ? stand() : attach());
}
