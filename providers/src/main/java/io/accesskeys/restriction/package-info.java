/** Conditions on a request: the SPI, its JSON form, the facts that conditions look at. */
package io.accesskeys.restriction;
