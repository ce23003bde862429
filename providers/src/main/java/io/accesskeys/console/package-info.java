/** Our pages in the Account Console and the Admin Console: themes, menus, scripts. */
package io.accesskeys.console;
