/** Steps of a direct grant flow in which a key stands in place of the password. */
package io.accesskeys.oauth.directgrant;
