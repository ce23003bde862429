import { render, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { describe, expect, it, vi } from "vitest";
import type { AdminApi } from "../src/admin/api";
import { BulkDialog } from "../src/admin/BulkDialog";
import { FindForm } from "../src/admin/FindForm";
import { idIn } from "../src/admin/paste";
import { EVERYTHING, filterOf, isEmpty } from "../src/admin/search";
import { Refused } from "../src/shared/http";
import { ci } from "./fixtures";

const ID = "3TV4oAnlU0IbBkYT";
const SECRET = "s".repeat(43) + "c".repeat(6);

describe("what somebody pastes", () => {
  it("gives the id of a key, whatever its prefix", () => {
    for (const prefix of ["kcpat", "acme_live", "secret-token:kcak"]) {
      expect(idIn(`  ${prefix}_${ID}${SECRET}\n`)).toBe(ID);
    }
    expect(idIn(ID)).toBe(ID);
  });

  it("gives nothing for anything else", () => {
    for (const text of ["", "my password", SECRET, `kcpat_${ID}${SECRET}x`, `kcpat_${ID}`, `Kcpat_${ID}${SECRET}`]) {
      expect(idIn(text)).toBeUndefined();
    }
  });
});

describe("the form that finds a key", () => {
  const type = async (text: string, get: AdminApi["get"]) => {
    const onFound = vi.fn();
    render(<FindForm api={{ get } as AdminApi} onFound={onFound} />);
    const field = screen.getByLabelText("Find a key that you have found somewhere");
    await userEvent.type(field, text);
    await userEvent.click(screen.getByRole("button", { name: "Find" }));
    expect(field).toHaveProperty("value", "");
    return onFound;
  };

  it("asks for the id alone, and keeps nothing of the secret", async () => {
    const get = vi.fn(() => Promise.resolve(ci));
    const onFound = await type(`kcpat_${ID}${SECRET}`, get);
    expect(get.mock.calls).toEqual([[ID]]);
    expect(onFound).toHaveBeenCalledWith(ci);
    expect(document.body.innerHTML).not.toContain(SECRET);
  });

  it("says that there is no such key", async () => {
    await type(ID, () => Promise.reject(new Refused(404, "no such key")));
    expect(screen.getByText(/This realm has no such key/)).toBeDefined();
  });
});

describe("revoking all", () => {
  it("counts first, and waits for the number", async () => {
    const revocable = vi.fn(() => Promise.resolve(12));
    const revokeAll = vi.fn(() => Promise.resolve());
    const onDone = vi.fn();
    render(
      <BulkDialog api={{ revocable, revokeAll } as unknown as AdminApi} filter={{ q: "old" }} onDone={onDone} onCancel={vi.fn()} />,
    );
    const field = await screen.findByLabelText("Type 12 to go on");
    expect(revocable.mock.calls).toEqual([[{ q: "old" }]]);
    const button = screen.getByRole("button", { name: "Revoke" });
    expect(button).toHaveProperty("disabled", true);
    await userEvent.type(field, "12");
    await userEvent.click(button);
    expect(revokeAll.mock.calls).toEqual([[{ q: "old" }, 12, ""]]);
    expect(onDone).toHaveBeenCalledWith(12);
  });
});

describe("a search", () => {
  const api = { userId: (name: string) => Promise.resolve(`id of ${name}`) } as unknown as AdminApi;

  it("asks for what is on the page, and for nothing else", async () => {
    expect(await filterOf(api, EVERYTHING)).toEqual({});
    expect(await filterOf(api, { ...EVERYTHING, q: " old ", owner: "bob" })).toEqual({ q: "old", owner: "id of bob" });
    expect(await filterOf(api, { ...EVERYTHING, question: "accessKeyAdmin-unrestricted" })).toEqual({
      state: "active",
      restricted: "false",
    });
  });

  it("prefers a state that somebody has chosen to that of a question", async () => {
    const search = { ...EVERYTHING, question: "accessKeyAdmin-unrestricted" as const, state: "expired" };
    expect(await filterOf(api, search)).toEqual({ state: "expired", restricted: "false" });
  });

  it("is empty when it leaves nothing out", () => {
    expect(isEmpty({})).toBe(true);
    expect(isEmpty({ q: "" })).toBe(true);
    expect(isEmpty({ restricted: "false" })).toBe(false);
  });
});
