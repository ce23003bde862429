/** The admin REST API: keys of every owner, policy, health, export and import. */
package io.accesskeys.rest.admin;
