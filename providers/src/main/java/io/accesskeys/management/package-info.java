/**
 * What can be done to a key, and by whom: create, edit, roll, suspend, resume, revoke. The rules
 * are here; applications too.
 */
package io.accesskeys.management;
