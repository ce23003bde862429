package io.accesskeys.jobs;

import java.util.List;
import org.keycloak.provider.Provider;

/** What runs by itself now and then. */
public final class Jobs implements Provider {

  private final List<JobRun> runs;

  Jobs(List<JobRun> runs) {
    this.runs = runs;
  }

  /** The jobs of this node. */
  public List<JobRun> runs() {
    return runs;
  }

  @Override
  public void close() {}
}
