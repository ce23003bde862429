import { Drawer, DrawerContent } from "@patternfly/react-core";
import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import { AdminKeyPanel } from "../src/admin/AdminKeyPanel";
import type { AdminApi } from "../src/admin/api";
import { api } from "../src/account/api";
import { CreateDialog, emptyValues } from "../src/account/CreateDialog";
import { EditDialog, valuesOf } from "../src/account/EditDialog";
import { RollDialog, usualRoll } from "../src/account/RollDialog";
import type { Key } from "../src/shared/key";
import { ci, issued, options } from "./fixtures";

/** What somebody chooses in a form must be what is sent, whatever the server would do without it. */
const user = userEvent.setup();
const press = (name: string) => user.click(screen.getByRole("button", { name }));
const types = [
  { type: "ip", messageKey: "accessKeyRestriction-ip", deterrent: false },
  { type: "referrer", messageKey: "accessKeyRestriction-referrer", deterrent: true },
];
const DAY = 86_400_000;

function isInDays(instant: unknown, days: number): boolean {
  return Math.abs(Date.parse(String(instant)) - Date.now() - days * DAY) < 60_000;
}

describe("a roll sends", () => {
  const rolled = async (key: Key, choose: () => Promise<void>, action: string) => {
    const roll = vi.spyOn(api, "roll").mockReset().mockResolvedValue(issued);
    const onRolled = vi.fn();
    render(
      <RollDialog of={key} options={options} initial={usualRoll(key, options)} onRolled={onRolled} onCancel={vi.fn()} />,
    );
    await choose();
    await press(action);
    expect(onRolled).toHaveBeenCalledWith(issued);
    expect(roll.mock.calls[0]?.[0]).toBe(key);
    return roll.mock.calls[0]?.[1];
  };
  const choose = (label: string) => () => user.click(screen.getByLabelText(label));
  const nothing = () => Promise.resolve();

  it.each([
    ["Not at all", "PT0S", "Roll and end the old secret now"],
    ["1 hour", "PT1H", "Roll"],
    ["24 hours", "PT24H", "Roll"],
    ["7 days", "PT168H", "Roll"],
  ])("the overlap %s", async (label, overlap, action) => {
    expect(await rolled(ci, choose(label), action)).toEqual({ overlap });
  });

  it("that it replaces a running one", async () => {
    expect(await rolled({ ...ci, state: "rolling", retiresAt: ci.expiresAt }, nothing, "Roll")).toEqual({
      overlap: "PT24H",
      replacePending: true,
    });
  });

  it("no overlap where the deadline is the server's to say, unless another is chosen", async () => {
    const due = { ...ci, rollDueAt: "2026-01-01T00:00:00Z", rollDeadline: ci.expiresAt };
    expect(await rolled(due, nothing, "Roll")).toEqual({});
  });

  it("a new end, and for a key that has expired nothing else", async () => {
    const expired = await rolled({ ...ci, state: "expired" }, choose("7 days"), "Roll");
    expect(Object.keys(expired ?? {})).toEqual(["expiresAt"]);
    expect(isInDays(expired?.expiresAt, 7)).toBe(true);
  });
});

describe("creation sends", () => {
  it("all that was chosen in its steps", async () => {
    const create = vi.spyOn(api, "create").mockReset().mockResolvedValue(issued);
    const onCreated = vi.fn();
    const other = { client: "other-api", name: "Other", scopes: [{ name: "files:read" }, { name: "files:write" }], unavailable: [] };
    const both = { ...options, apis: [...options.apis, other] };
    render(
      <CreateDialog
        options={both}
        types={types}
        initial={emptyValues(both, "application-1")}
        onCreated={onCreated}
        onCancel={vi.fn()}
      />,
    );
    await user.type(screen.getByLabelText(/^Name/), " nightly ");
    await user.type(screen.getByLabelText(/^Description/), "for the report");
    await press("Next");
    await user.click(screen.getByLabelText("7 days"));
    await press("Next");
    await user.selectOptions(screen.getByRole("combobox"), "other-api");
    await press("Next");
    await user.selectOptions(screen.getByLabelText("files"), "Read and write");
    await press("Next");
    await user.type(screen.getByLabelText(/^IP/), "203.0.113.0/24");
    await press("Next");
    expect(create).not.toHaveBeenCalled();
    await press("Create");
    expect(onCreated).toHaveBeenCalledWith(issued);
    const { expiresAt, ...sent } = create.mock.calls[0]?.[0] ?? {};
    expect(sent).toEqual({
      kind: "personal-access-token",
      name: "nightly",
      description: "for the report",
      client: "other-api",
      scopes: ["files:read", "files:write"],
      restrictions: [{ type: "ip", allow: ["203.0.113.0/24"] }],
      application: "application-1",
    });
    expect(isInDays(expiresAt, 7)).toBe(true);
  });
});

describe("an edit sends", () => {
  const edited = async (key: Key, change: () => Promise<void>) => {
    const edit = vi.spyOn(api, "edit").mockReset().mockResolvedValue(key);
    render(
      <EditDialog of={key} options={options} types={types} initial={valuesOf(key)} onEdited={vi.fn()} onCancel={vi.fn()} />,
    );
    await change();
    await press("Save");
    expect(edit.mock.calls[0]?.[0]).toBe(key);
    return edit.mock.calls[0]?.[1];
  };
  const write = async (label: RegExp, text: string) => {
    await user.clear(screen.getByLabelText(label));
    if (text) {
      await user.type(screen.getByLabelText(label), text);
    }
  };
  const described: Key = { ...ci, description: "old", restrictions: [{ type: "ip", allow: ["203.0.113.7"] }] };

  it.each<[string, () => Promise<unknown>, object]>([
    ["a name", () => write(/^Name/, "nightly"), { name: "nightly" }],
    ["a description", () => write(/^Description/, "new"), { description: "new" }],
    ["that there is no description", () => write(/^Description/, ""), { description: null }],
    [
      "scopes",
      () => user.selectOptions(screen.getByLabelText("orders"), "Read and write"),
      { scopes: ["orders:read", "orders:write"] },
    ],
    ["restrictions", () => write(/^IP/, "198.51.100.1"), { restrictions: [{ type: "ip", allow: ["198.51.100.1"] }] }],
    ["that there are no restrictions", () => write(/^IP/, ""), { restrictions: [] }],
  ])("%s, and nothing that was not changed", async (_, change, sent) => {
    expect(
      await edited(described, async () => {
        await change();
      }),
    ).toEqual(sent);
  });
});

describe("an administrator sends", () => {
  const panel = (key: Key, calls: Partial<Record<keyof AdminApi, unknown>>) =>
    render(
      <Drawer isExpanded>
        <DrawerContent
          panelContent={
            <AdminKeyPanel
              api={{ usage: () => new Promise(() => {}), ...calls } as unknown as AdminApi}
              realm="acme"
              of={key}
              onChanged={() => Promise.resolve()}
              onClose={vi.fn()}
            />
          }
        />
      </Drawer>,
    );

  it("the reason of a revocation", async () => {
    const revoke = vi.fn(() => Promise.resolve());
    panel(ci, { revoke });
    await press("Revoke");
    await user.type(screen.getByLabelText(/^Reason/), " leaked ");
    await user.click(screen.getAllByRole("button", { name: "Revoke" }).at(-1) ?? document.body);
    expect(revoke.mock.calls).toEqual([[ci.id, "leaked"]]);
  });

  it("a suspension, and its end", async () => {
    const suspend = vi.fn(() => Promise.resolve());
    const resume = vi.fn(() => Promise.resolve());
    const { unmount } = panel(ci, { suspend });
    await press("Suspend");
    expect(suspend.mock.calls).toEqual([[ci.id]]);
    unmount();
    panel({ ...ci, state: "suspended" }, { resume });
    await press("Resume");
    expect(resume.mock.calls).toEqual([[ci.id]]);
  });

  it("the address that it asks about", async () => {
    const explain = vi.fn(() => Promise.resolve({ allowed: true }));
    panel(ci, { explain });
    await user.type(screen.getByPlaceholderText("203.0.113.7"), " 203.0.113.9 ");
    await user.click(screen.getByRole("button", { name: /^Would it pass/ }));
    expect(explain.mock.calls).toEqual([[ci.id, "203.0.113.9"]]);
  });
});
