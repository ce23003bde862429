import { Failure } from "../shared/Failure";
import { host } from "../shared/host";
import { t } from "../shared/messages";
import { signInAgain } from "../shared/stepUp";
import { SignedOut, token } from "../shared/token";
import { AdminPage } from "./AdminPage";
import { createRoot } from "./root";

const DARK = matchMedia("(prefers-color-scheme: dark)");

function followColors() {
  document.documentElement.classList.toggle("pf-v5-theme-dark", DARK.matches);
}

/** Whether this is the way back from a sign-in, of which nothing stays in the address. */
function comesFromSignIn(): boolean {
  const answer = new URLSearchParams(location.search);
  history.replaceState(null, "", host.pageUrl);
  return answer.has("state");
}

/** The page alone, for whoever signs in as an administrator of the realm. */
export async function showStandalone(): Promise<void> {
  followColors();
  DARK.addEventListener("change", followColors);
  const isBack = comesFromSignIn();
  const root = createRoot(document.querySelector("main") ?? document.body);
  try {
    await token();
    root.render(
      <>
        <a className="access-keys-way-out" href={signOutUrl()}>
          {t("accessKeyAdmin-signOut")}
        </a>
        <AdminPage realm={host.realm} />
      </>,
    );
  } catch (problem) {
    if (problem instanceof SignedOut && !isBack) {
      await signInAgain();
    }
    root.render(<Failure error={problem} />);
  }
}

function signOutUrl() {
  const query = new URLSearchParams({ client_id: host.clientId, post_logout_redirect_uri: host.pageUrl });
  return `${host.realmUrl}/protocol/openid-connect/logout?${query}`;
}
