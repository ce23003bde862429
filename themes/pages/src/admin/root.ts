import * as ReactDom from "react-dom";

/** Keycloak's import map has one file for both. */
export const { createRoot } = ReactDom as unknown as typeof import("react-dom/client");
