/** Export and import of keys. */
package io.accesskeys.transfer;
