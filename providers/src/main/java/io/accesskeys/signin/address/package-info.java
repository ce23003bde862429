/**
 * Steps of login flows that look at the client's address: IP restriction and client address
 * condition.
 */
package io.accesskeys.signin.address;
