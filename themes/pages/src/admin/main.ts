import { host } from "../shared/host";
import { loadMessages } from "../shared/messages";
import { attach } from "./attach";
import { showStandalone } from "./standalone";

/** Called by the loader. */
export default async function main(): Promise<void> {
  if (!host.isStandalone) {
    return attach();
  }
  await loadMessages();
  await showStandalone();
}
