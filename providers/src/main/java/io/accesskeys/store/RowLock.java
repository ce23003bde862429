package io.accesskeys.store;

import jakarta.persistence.LockModeType;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.PersistenceException;
import jakarta.persistence.PessimisticLockException;
import jakarta.persistence.TypedQuery;
import java.sql.SQLTimeoutException;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.hibernate.exception.LockAcquisitionException;
import org.keycloak.models.ModelException;

/** Statements that wait for a row which somebody else may hold. */
public final class RowLock {

  private RowLock() {}

  /**
   * Takes these rows until the transaction ends, after all others who have them.
   *
   * <p>By a query, since what the entity manager's own methods throw does not say that it was a
   * lock.
   *
   * @return the rows
   * @throws BusyException if the database gives up waiting, or ends a deadlock by this statement
   */
  public static <T> List<T> take(TypedQuery<T> rows) {
    return waiting(rows.setLockMode(LockModeType.PESSIMISTIC_WRITE)::getResultList);
  }

  /**
   * Runs a statement that waits for a lock.
   *
   * @return what the statement gives
   * @throws BusyException if the database gives up waiting, or ends a deadlock by this statement
   */
  static <T> T waiting(Supplier<T> statement) {
    try {
      return statement.get();
    } catch (PersistenceException | ModelException e) {
      if (Stream.iterate((Throwable) e, cause -> cause != null, Throwable::getCause)
          .anyMatch(RowLock::isOfALock)) {
        throw new BusyException();
      }
      throw e;
    }
  }

  private static boolean isOfALock(Throwable cause) {
    return cause instanceof LockTimeoutException
        || cause instanceof PessimisticLockException
        || cause instanceof LockAcquisitionException
        // H2, whose refusal Hibernate passes on under several names.
        || cause instanceof SQLTimeoutException;
  }
}
