import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { Key } from "../src/shared/key";
import { expiresAt, isWhole } from "../src/account/Expiry";
import { actionsOf } from "../src/account/KeyPanel";
import { isInUse, matches } from "../src/account/KeysView";
import { t } from "../src/shared/messages";
import { restrictionsOf, textsOf } from "../src/shared/Restrictions";
import { overlaps, usualRoll } from "../src/account/RollDialog";
import { ScopeFields, UnavailableScopes, grouped } from "../src/account/Scopes";
import { ShowOnce, asEnv, asJson } from "../src/account/ShowOnce";
import { StateBadge, rollIsDue } from "../src/shared/StateBadge";
import { milliseconds, relative, words } from "../src/shared/time";
import { ci, issued, options } from "./fixtures";

const HOUR = 3_600_000;

describe("time", () => {
  it("reads durations as Java writes them", () => {
    expect(milliseconds("PT720H")).toBe(720 * HOUR);
    expect(milliseconds("PT1H30M")).toBe(1.5 * HOUR);
    expect(milliseconds("P30D")).toBe(720 * HOUR);
    expect(milliseconds("soon")).toBeNaN();
  });

  it("names durations in the largest unit that fits", () => {
    expect(words("PT720H")).toBe("30 days");
    expect(words("PT24H")).toBe("24 hours");
    expect(words("PT90M")).toBe("90 minutes");
  });

  it("says how far away an instant is", () => {
    expect(relative("2026-01-02T00:00:00Z", Date.parse("2026-01-01T00:00:00Z"))).toBe("tomorrow");
    expect(relative("2026-01-01T00:00:00Z", Date.parse("2026-01-01T03:10:00Z"))).toBe("3 hours ago");
  });
});

describe("a key in use", () => {
  it("is one that was used in the last seven days", () => {
    const at = Date.parse("2026-01-08T12:00:00Z");
    expect(isInUse({ ...ci, lastUsedAt: "2026-01-01T12:00:01Z" }, at)).toBe(true);
    expect(isInUse({ ...ci, lastUsedAt: "2026-01-01T11:59:59Z" }, at)).toBe(false);
    expect(isInUse({ ...ci, lastUsedAt: undefined }, at)).toBe(false);
  });
});

describe("messages", () => {
  it("fills in what a text has places for", () => {
    expect(t("accessKeyPage-step", 2, 6, "expiry")).toBe("Step 2 of 6: expiry");
    expect(t("accessKeyPolicyUnreadable", "x")).toContain("realm's policy");
  });
});

describe("expiry", () => {
  const preset = { choice: "preset", lifetime: "PT168H", date: "" } as const;

  it("is left to the policy where that is fixed", () => {
    expect(expiresAt(preset, { ...options, fixedExpiry: true })).toBeUndefined();
    expect(expiresAt({ ...preset, choice: "never" }, options)).toBeNull();
    const instant = Date.parse(expiresAt(preset, options) ?? "");
    expect(Math.abs(instant - Date.now() - 168 * HOUR)).toBeLessThan(60_000);
  });

  it("is not taken from behind the longest life", () => {
    expect(isWhole({ ...preset, choice: "date", date: "2199-01-01" }, options)).toBe(false);
    expect(isWhole({ ...preset, choice: "date", date: "2001-01-01" }, options)).toBe(false);
    expect(isWhole({ ...preset, choice: "date", date: "" }, options)).toBe(false);
  });
});

describe("scopes", () => {
  it("have a level where a resource can be read and written, and a box for all else", () => {
    const [orders, others] = grouped(options.apis[0]?.scopes ?? []);
    expect(orders).toMatchObject({ resource: "orders", levelled: true });
    expect(others).toMatchObject({ resource: "", levelled: false });
  });

  it("are both chosen by the higher level", async () => {
    const onChange = vi.fn();
    render(<ScopeFields scopes={options.apis[0]?.scopes ?? []} chosen={["reports"]} onChange={onChange} />);
    await userEvent.selectOptions(screen.getByLabelText("orders"), "Read and write");
    expect(onChange).toHaveBeenCalledWith(["reports", "orders:read", "orders:write"]);
  });

  it("say which role is missing for those that cannot be had", () => {
    render(<UnavailableScopes scopes={[...(options.apis[0]?.unavailable ?? []), { name: "closed", roles: [] }]} />);
    expect(screen.getByText("needs the role cashier")).toBeTruthy();
    expect(screen.getByText(/^nobody can have it/)).toBeTruthy();
  });
});

describe("restrictions", () => {
  it("are one line each, and what no line can say stays as it is", () => {
    const android = { type: "android", allow: [{ packageName: "com.example", sha1Fingerprint: "00:11" }] };
    const exempt = { type: "ip", allow: ["10.0.0.0/8"], not: ["10.0.0.1"] };
    const before = [android, exempt, { type: "referrer", allow: ["a.example", "b.example"] }];
    const texts = textsOf(before);
    expect(texts).toEqual({ referrer: "a.example\nb.example" });
    expect(restrictionsOf({ ...texts, ip: "203.0.113.7, 203.0.113.9" }, before)).toEqual([
      android,
      exempt,
      { type: "ip", allow: ["203.0.113.7", "203.0.113.9"] },
      { type: "referrer", allow: ["a.example", "b.example"] },
    ]);
  });
});

describe("rolls", () => {
  it("offer only overlaps that are allowed, the usual one chosen", () => {
    expect(overlaps({ ...options, maxOverlap: "PT24H" })).toEqual(["PT0S", "PT1H", "PT24H"]);
    expect(usualRoll(ci, options).overlap).toBe("PT24H");
  });

  it("that are due last until the deadline, which is left to the server", () => {
    const due: Key = { ...ci, rollDueAt: "2026-01-01T00:00:00Z" };
    expect(rollIsDue(due)).toBe(true);
    expect(usualRoll(due, options).overlap).toBe("");
  });

  it("give a key that has expired a new life", () => {
    expect(usualRoll({ ...ci, state: "expired" }, options).renew).toBe(true);
  });
});

describe("a key", () => {
  it("can only be taken off the list once it is dead", () => {
    expect(actionsOf({ ...ci, state: "revoked" })).toEqual(["remove"]);
    expect(actionsOf({ ...ci, state: "suspended" })).toContain("resume");
    expect(actionsOf(ci)).not.toContain("remove");
  });

  it("is found by what its row shows", () => {
    expect(matches(ci, " ORDERS ")).toBe(true);
    expect(matches(ci, "nothing")).toBe(false);
  });

  it("shows its state as a word, and when an old secret ends", () => {
    const soon = new Date(Date.now() + 5.2 * HOUR).toISOString();
    render(<StateBadge of={{ ...ci, state: "rolling", retiresAt: soon }} />);
    expect(screen.getByText("Rolling")).toBeTruthy();
    expect(screen.getByTestId("countdown").textContent).toBe("old secret ends in 5 hours");
  });
});

describe("the secret", () => {
  it("is not closed by Escape or a click beside it, and copying says so", async () => {
    const user = userEvent.setup();
    const onClose = vi.fn();
    render(<ShowOnce issued={issued} onClose={onClose} />);
    await user.keyboard("{Escape}");
    await user.click(document.querySelector(".pf-v5-c-backdrop") ?? document.body);
    expect(onClose).not.toHaveBeenCalled();
    expect(screen.queryByLabelText("Close")).toBeNull();
    await user.click(screen.getByRole("button", { name: "Copy" }));
    expect(await navigator.clipboard.readText()).toBe(issued.secret);
    expect(screen.getByRole("status").textContent).toBe("Copied to the clipboard");
    await user.click(screen.getByRole("button", { name: "I have copied it" }));
    expect(onClose).toHaveBeenCalledOnce();
  });

  it("can be downloaded so that programs read it", () => {
    const key = { ...issued, name: "two\nlines" };
    expect(asEnv(key).split("\n").filter((line) => !line.startsWith("#"))).toEqual([
      `ACCESS_KEY=${issued.secret}`,
      "",
    ]);
    expect(JSON.parse(asJson(issued))).toMatchObject({ name: "ci", secret: issued.secret });
  });
});
