/** Account passwords in Basic authentication, for realms that allow them. */
package io.accesskeys.password;
