/** Restricts a key to Android and iOS apps. */
package io.accesskeys.restriction.app;
